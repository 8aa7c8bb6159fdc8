import { randomBytes } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { withTimeout } from '../../../platform/async/timeout';
import { messageOf } from '../../../platform/errors/app.error';
import { newId } from '../../../platform/values/uuid';
import type { Caller } from '../../../access/tenancy';
import type { ComputeDriver } from '../../../drivers';
import { HostsService, type OtherReplica } from '../../hosts';
import { EngineQueries, QUERY_TIMEOUT_MS } from '../engine/engine-queries';
import { ExecUnsupportedError, NotSupportedByEngineError, WrongReplicaError } from '../engine/engine.errors';
import { IllegalStateError, INSTANCE_ERRORS } from '../instance.errors';
import type { QueryTarget } from '../store/query-targets.repository';
import { InstanceWaiter, type InstanceUpdate } from '../waits/instance-waiter';
import { ofCommand, ofDevice, type GuestStream } from './guest-stream';
import { OpenSessions } from './open-sessions';
import { commandOf, type NewSession, type RedeemedSession, type SessionRequest } from './session';
import {
  TicketExpiredError,
  TicketInvalidError,
  TicketUsedError,
  TooManySessionsError,
} from './session.errors';
import { SessionsConfig } from './sessions.config';
import { SessionsRepository, type TicketRef } from './sessions.repository';

const TICKET_BYTES = 32;

type Wanted = Pick<RedeemedSession, 'kind' | 'command'>;

/** Creates sessions, and connects them to their guests when a client presents the ticket. */
@Injectable()
export class SessionsService {
  private readonly logger = new Logger('Sessions');

  constructor(
    private readonly config: SessionsConfig,
    private readonly queries: EngineQueries,
    private readonly hosts: HostsService,
    private readonly sessions: SessionsRepository,
    private readonly open: OpenSessions,
    private readonly waiter: InstanceWaiter,
  ) {}

  /**
   * @throws {InstanceNotFoundError | AccessDeniedError | IllegalStateError | NotSupportedByEngineError}
   * @throws {EngineUnavailableError | ValidationFailedError | TooManySessionsError}
   */
  async create(caller: Caller, instanceId: string, request: SessionRequest): Promise<NewSession> {
    const command = commandOf(request);
    const target = await this.queries.find(caller.tenantId, instanceId);
    const { kind } = request;
    await this.assertPossibleAnywhere(target, { kind, command });
    const id = newId();
    const ticket = randomBytes(TICKET_BYTES).toString('base64url');
    const record = { id, instanceId: target.id, kind, command, ticket };
    const expiresAt = await this.sessions.create(caller, record, this.config.perTenant);
    if (expiresAt === undefined) throw new TooManySessionsError();
    return { id, kind, ticket, expiresAt };
  }

  /**
   * The replica that can open the session of a ticket; undefined if this one can, or if it is to refuse the ticket.
   * @throws {WrongReplicaError} if that one is unknown
   */
  async replicaFor(ticket: TicketRef): Promise<OtherReplica | undefined> {
    const hostId = await this.sessions.hostOf(ticket);
    return hostId === undefined || this.hosts.reaches(hostId) ? undefined : this.replicaOf(hostId);
  }

  /** @throws {TicketInvalidError | TicketUsedError | TicketExpiredError} */
  async redeem(ticket: TicketRef): Promise<RedeemedSession> {
    const redemption = await this.sessions.redeem(ticket);
    switch (redemption?.outcome) {
      case 'ok':
        return redemption;
      case 'used':
        throw new TicketUsedError();
      case 'expired':
        throw new TicketExpiredError();
      case undefined:
        throw new TicketInvalidError();
    }
  }

  /**
   * Connects to the guest. If that fails, the session has ended.
   * @param lifetime ends the connection when it aborts; aborted here if connecting fails
   * @throws like `create`, and {EngineRefusedError}
   */
  async connect(session: RedeemedSession, lifetime: AbortController): Promise<GuestStream> {
    try {
      const target = await this.queries.find(session.tenantId, session.instanceId);
      const driver = this.assertPossible(target, session);
      const call = this.queries.callOf(target, lifetime.signal);
      return await this.queries.run(driver, `the ${session.kind} session`, () =>
        withTimeout({ timeoutMs: QUERY_TIMEOUT_MS, signal: lifetime.signal }, () =>
          streamOf(driver, session, call),
        ),
      );
    } catch (error) {
      const reason = lifetime.signal.aborted ? 'the client disconnected' : messageOf(error);
      lifetime.abort();
      await this.open.end(session.id, { exitCode: null, reason });
      throw error;
    }
  }

  /** Calls `ended` when the service has stopped or deleted the instance, unless `signal` aborts first. */
  onEnd({ tenantId, instanceId }: RedeemedSession, signal: AbortSignal, ended: () => void): void {
    const hasEnded = (update: InstanceUpdate): boolean =>
      update === 'gone' || update.status === 'stopped' || update.status === 'error';
    this.waiter.until({ tenantId, id: instanceId }, hasEnded, signal).then(
      (isSo) => isSo && ended(),
      (error: unknown) => {
        // The engine also ends the session, and it has a maximum duration.
        this.logger.warn({ err: error, instanceId }, 'failed to watch an instance with a session');
      },
    );
  }

  private async assertPossibleAnywhere(target: QueryTarget, wanted: Wanted): Promise<void> {
    const { hostId } = target;
    if (this.hosts.reaches(hostId)) this.assertPossible(target, wanted);
    else assertOffered((await this.replicaOf(hostId)).driver, target, wanted);
  }

  private async replicaOf(hostId: string): Promise<OtherReplica> {
    const replica = await this.hosts.replicaOf(hostId);
    if (replica) return replica;
    throw new WrongReplicaError(new Error(`the replica of the host ${hostId} has no REPLICA_URL`));
  }

  private assertPossible(target: QueryTarget, wanted: Wanted): ComputeDriver {
    const driver = this.queries.driverOf(target);
    assertOffered(driver, target, wanted);
    return driver;
  }
}

/** @param driver undefined if this replica does not know it */
function assertOffered(
  driver: ComputeDriver | undefined,
  target: QueryTarget,
  { kind, command }: Wanted,
): void {
  if (driver && !driver.abilities[kind])
    throw new NotSupportedByEngineError(driver.kind, `open ${kind} sessions of`);
  if (driver && command?.tty && !driver.abilities.terminal)
    throw new NotSupportedByEngineError(driver.kind, 'open exec sessions with a terminal in');
  if (target.status !== 'running')
    throw new IllegalStateError(INSTANCE_ERRORS.instance_not_running, target, ['running']);
  // While an instance is created or rebuilt, its handle is unknown.
  const whyNot = kind === 'exec' ? driver?.abilities.exec?.whyNot?.(target.handle) : undefined;
  if (driver && whyNot !== undefined) throw new ExecUnsupportedError(driver.kind, whyNot);
}

async function streamOf(
  { kind: engine, abilities }: ComputeDriver,
  { kind, command }: RedeemedSession,
  call: ReturnType<EngineQueries['callOf']>,
): Promise<GuestStream> {
  const { exec, serial, vnc } = abilities;
  if (kind === 'exec' && exec && command) return ofCommand(await exec.start(call, command));
  const device = kind === 'serial' ? serial : vnc;
  if (!device) throw new NotSupportedByEngineError(engine, `open ${kind} sessions of`);
  return ofDevice(await device.connect(call));
}
