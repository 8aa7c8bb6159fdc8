import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { withTimeout } from '../../../platform/async/timeout';
import { messageOf } from '../../../platform/errors/app.error';
import { IntervalTask } from '../../../platform/async/interval-task';
import { RESOURCES, UNBOUNDED } from '../../../drivers/port/resources';
import { ReconcilerConfig } from '../../reconciler/reconciler.config';
import { DriverRegistry, type Capacity, type ComputeDriver } from '../../../drivers';
import { HostsService } from '../../hosts';
import { CapacityRepository } from './capacity.repository';

const ASK_TIMEOUT_MS = 5000;

/** Whether an engine is reachable, as last seen by this replica; unknown if only another replica reaches it. */
export interface EngineState {
  readonly status: 'up' | 'down' | 'unknown';
  /** Engine version, or why the engine is down or its status unknown. */
  readonly detail: string;
}

const UNKNOWN: EngineState = { status: 'unknown', detail: 'only the replica on that machine reaches it' };

interface Answer {
  readonly state: EngineState;
  /** Undefined if the engine does not know it; absent if the engine is down. */
  readonly capacity?: Capacity | undefined;
}

interface Keeping {
  /** Id of the host. */
  readonly id: string;
  readonly driver: ComputeDriver;
  readonly signal: AbortSignal;
}

/**
 * Records the capacity of each host that this replica reaches, at startup and at a fixed interval. Replicas that reach
 * the same host and have the same configuration record the same values.
 */
@Injectable()
export class CapacityRefresher implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Capacity');
  private readonly states = new Map<string, EngineState>();
  private readonly rounds: IntervalTask;

  constructor(
    { intervalMs }: ReconcilerConfig,
    private readonly drivers: DriverRegistry,
    private readonly hosts: HostsService,
    private readonly capacities: CapacityRepository,
  ) {
    this.rounds = new IntervalTask({
      intervalMs,
      work: (signal) => this.round(signal),
      failed: (error) => this.logger.warn({ err: error }, 'failed to record engine capacity'),
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    const { signal } = new AbortController();
    await this.round(signal);
    this.hosts.onAdded(({ id, driver }) => this.keep({ id, driver, signal }));
    this.rounds.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds.stop();
  }

  stateOf(hostId: string): EngineState {
    return this.states.get(hostId) ?? UNKNOWN;
  }

  /** Asks all engines that are in use or have counted usage, concurrently. */
  async round(signal: AbortSignal): Promise<void> {
    await this.hosts.refresh();
    if (await this.capacities.hasAbandoned()) await this.capacities.releaseAbandoned();
    const counted = await this.capacities.hosts();
    const active = this.drivers.active();
    const asked = this.drivers
      .all()
      .filter((each) => active.includes(each) || counted.includes(this.hosts.of(each)?.id ?? ''));
    await Promise.all(
      asked.map(async (driver) => {
        const id = await this.idOf(driver);
        // Another machine may have become the first host since the last round.
        if (id !== driver.kind) this.states.delete(driver.kind);
        if (id !== undefined) await this.keep({ id, driver, signal });
      }),
    );
  }

  /** A machine without instances will be the first host of its backend if there is none; otherwise it is unknown. */
  private async idOf(driver: ComputeDriver): Promise<string | undefined> {
    const known = this.hosts.of(driver)?.id;
    if (known !== undefined) return known;
    return (await this.hosts.isUsed(driver)) ? undefined : driver.kind;
  }

  private async keep({ id, driver, signal }: Keeping): Promise<void> {
    const answer = await this.ask(driver, signal);
    if (signal.aborted) return;
    this.note(id, answer.state);
    // The last known capacity of an unreachable engine is still the best estimate.
    if (!('capacity' in answer)) return;
    if (answer.capacity) await this.capacities.upsert(id, answer.capacity);
    else await this.capacities.remove(id);
  }

  private async ask(driver: ComputeDriver, signal: AbortSignal): Promise<Answer> {
    const bounds = { timeoutMs: ASK_TIMEOUT_MS, signal };
    try {
      const found = await withTimeout(bounds, (limit) => driver.fingerprint(limit));
      const { isUp, detail } = found;
      if (!isUp) return { state: { status: 'down', detail } };
      const state = { status: 'up', detail } as const;
      const capacity = found.hosts[0]?.inventory;
      const isKnown = capacity !== undefined && RESOURCES.some((name) => capacity[name] !== UNBOUNDED);
      return { state, capacity: isKnown ? capacity : undefined };
    } catch (error) {
      return { state: { status: 'down', detail: messageOf(error) } };
    }
  }

  /** Logs only changes of status. */
  private note(driver: string, state: EngineState): void {
    const before = this.states.get(driver)?.status ?? 'up';
    this.states.set(driver, state);
    if (state.status === before) return;
    if (state.status === 'up') this.logger.log({ driver, ...state }, 'the engine is available again');
    else this.logger.warn({ driver, ...state }, 'failed to read engine capacity');
  }
}
