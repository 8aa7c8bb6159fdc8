import { setMaxListeners } from 'node:events';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { IntervalTask } from '../../../platform/async/interval-task';
import { Database } from '../../../platform/database';
import { ShuttingDownError } from '../../../platform/errors/service.errors';
import { TooManySessionsError } from './session.errors';
import type { SessionSocket } from './session-socket';
import { SessionsConfig } from './sessions.config';
import { SessionsRepository } from './sessions.repository';

/** How often clients are pinged. */
export const BEAT_MS = 25_000;
const SWEEP_MS = 60_000;
const LOST = { exitCode: null, reason: 'its replica was interrupted' };

/** A place for a session of this replica. */
export interface Slot {
  readonly leave: () => void;
}

/** The sessions of this replica, and those of replicas that crashed. */
@Injectable()
export class OpenSessions implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Sessions');
  private readonly sockets = new Map<string, SessionSocket>();
  private readonly serving = new Set<Promise<void>>();
  private count = 0;
  private isClosed = false;
  private readonly closing = new AbortController();
  private readonly beats = new IntervalTask({
    intervalMs: BEAT_MS,
    work: () => this.beat(),
    failed: (error) => this.logger.warn({ err: error }, 'failed to renew sessions'),
  });
  private readonly sweeps = new IntervalTask({
    intervalMs: SWEEP_MS,
    work: () => this.endLost({ isAlone: false }),
    failed: (error) => this.logger.warn({ err: error }, 'failed to end the sessions of crashed replicas'),
  });

  constructor(
    private readonly config: SessionsConfig,
    private readonly sessions: SessionsRepository,
    private readonly database: Database,
  ) {
    setMaxListeners(0, this.closing.signal);
  }

  /** How many sessions are open or being opened. */
  get size(): number {
    return this.count;
  }

  /** Before this process accepts connections. The embedded database has only one process. */
  async onApplicationBootstrap(): Promise<void> {
    try {
      await this.endLost({ isAlone: this.database.kind === 'embedded' });
    } catch (error) {
      this.logger.warn({ err: error }, 'failed to end the sessions of an earlier process');
    }
    this.beats.start();
    this.sweeps.start();
  }

  /** Closes all sessions, and waits until their ends are recorded. */
  async onModuleDestroy(): Promise<void> {
    this.isClosed = true;
    this.closing.abort();
    for (const socket of this.sockets.values()) socket.shutDown();
    await Promise.all([...this.serving, this.beats.stop(), this.sweeps.stop()]);
  }

  /** @throws {TooManySessionsError | ShuttingDownError} */
  enter(): Slot {
    if (this.isClosed) throw new ShuttingDownError();
    if (this.count >= this.config.perReplica) throw new TooManySessionsError();
    this.count++;
    let hasLeft = false;
    return {
      leave: () => {
        if (!hasLeft) this.count--;
        hasLeft = true;
      },
    };
  }

  /** Serves a session in the background until it ends. */
  serve(id: string, socket: SessionSocket, slot: Slot): void {
    this.sockets.set(id, socket);
    this.hold(slot, () => this.run(id, socket).finally(() => this.sockets.delete(id)));
    // The shutdown may have begun during the handshake.
    if (this.isClosed) socket.shutDown();
  }

  /** Occupies the place until the work ends. The signal aborts when this replica shuts down. */
  hold(slot: Slot, work: (signal: AbortSignal) => Promise<void>): void {
    const serving = work(this.closing.signal).finally(() => {
      this.serving.delete(serving);
      slot.leave();
    });
    this.serving.add(serving);
  }

  /** Records the end of a session; if that fails, the sweep of a replica does so later. */
  async end(...[id, end]: Parameters<SessionsRepository['end']>): Promise<void> {
    try {
      await this.sessions.end(id, end);
    } catch (error) {
      this.logger.warn({ err: error, sessionId: id }, 'failed to record the end of a session');
    }
  }

  private async run(id: string, socket: SessionSocket): Promise<void> {
    await this.end(id, await socket.run());
  }

  private async beat(): Promise<void> {
    for (const socket of this.sockets.values()) socket.beat();
    if (this.sockets.size > 0) await this.sessions.renew([...this.sockets.keys()]);
  }

  /** Ends the sessions of crashed replicas in the history. */
  async endLost(among: { readonly isAlone: boolean }): Promise<void> {
    for (const id of await this.sessions.lost(among)) await this.sessions.end(id, LOST);
  }
}
