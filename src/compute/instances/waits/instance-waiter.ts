import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Waits } from '../../../platform/async/waits';
import { EventsConfig } from '../../events/events.config';
import { ResourceSignals } from '../../resources';
import { InstanceWatchRepository, type InstanceSnapshot } from './instance-watch.repository';

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The state of an instance, or `gone` if it no longer exists. */
export type InstanceUpdate = InstanceSnapshot | 'gone';

/**
 * Lets requests wait for a state of an instance. A change triggers one read for all requests that wait for the
 * instance; reads of several instances share a statement.
 */
@Injectable()
export class InstanceWaiter implements OnModuleInit, OnModuleDestroy {
  readonly waits = new Waits<InstanceUpdate>();
  private readonly logger = new Logger('Instances');
  /** Last version seen of each awaited instance. */
  private readonly versions = new Map<string, number>();
  /** Instances being read, and whether they have changed since. */
  private readonly looking = new Map<string, { isStale: boolean }>();
  private safetyNet: NodeJS.Timeout | undefined;
  private isChecking = false;

  constructor(
    private readonly config: EventsConfig,
    private readonly signals: ResourceSignals,
    private readonly repository: InstanceWatchRepository,
  ) {}

  onModuleInit(): void {
    this.signals.on('changed', (_, id) => {
      if (this.waits.has(id)) void this.look(id);
    });
    this.signals.on('resync', () => void this.check());
    this.safetyNet = setInterval(() => void this.check(), this.config.pollMs).unref();
  }

  /** Ends all waits at once: clients continue at another replica. */
  onModuleDestroy(): void {
    clearInterval(this.safetyNet);
    this.waits.close();
  }

  /** Reads the current state. */
  async first(id: string): Promise<InstanceUpdate> {
    const update = (await this.repository.look(id)) ?? 'gone';
    this.remember(id, update);
    return update;
  }

  /**
   * Resolves with true as soon as `isIt` accepts the state, or with false if the signal aborts or the service shuts
   * down. The signal must abort eventually.
   * @throws {TooManyWaitsError}
   */
  async until(
    { tenantId, id }: { readonly tenantId: string; readonly id: string },
    matches: (update: InstanceUpdate) => boolean,
    signal: AbortSignal,
  ): Promise<boolean> {
    const wait = this.waits.begin(tenantId, id, matches);
    try {
      if (matches(await this.first(id))) return true;
      return (await wait.result(LONGEST_TIMER_MS, signal)) !== undefined;
    } finally {
      wait.stop();
    }
  }

  private async look(id: string): Promise<void> {
    const underWay = this.looking.get(id);
    if (underWay) {
      underWay.isStale = true;
      return;
    }
    const look = { isStale: true };
    this.looking.set(id, look);
    try {
      while (look.isStale && this.waits.has(id)) {
        look.isStale = false;
        this.waits.notify(id, await this.first(id));
      }
    } catch (error) {
      this.logger.debug(
        { err: error, instanceId: id },
        'failed to read an instance that a request waits for',
      );
    } finally {
      this.looking.delete(id);
    }
  }

  private remember(id: string, update: InstanceUpdate): void {
    if (update !== 'gone' && this.waits.has(id)) this.versions.set(id, update.version);
  }

  /** Catches missed notifications: one cheap statement for all awaited instances. */
  private async check(): Promise<void> {
    for (const id of this.versions.keys()) if (!this.waits.has(id)) this.versions.delete(id);
    if (this.isChecking || this.versions.size === 0) return;
    this.isChecking = true;
    try {
      for (const id of await this.repository.changedAmong(this.versions)) void this.look(id);
    } catch (error) {
      this.logger.debug({ err: error }, 'failed to query changed instances');
    } finally {
      this.isChecking = false;
    }
  }
}
