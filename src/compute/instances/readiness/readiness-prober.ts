import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { IntervalTask } from '../../../platform/async/interval-task';
import { sleep } from '../../../platform/async/sleep';
import { TimeoutError, withTimeout } from '../../../platform/async/timeout';
import { messageOf } from '../../../platform/errors/app.error';
import { Metrics } from '../../../platform/metrics';
import { HostsService } from '../../hosts';
import { DriverCallFactory } from '../work/driver-calls';
import { nextProbe } from './probe-schedule';
import { ReadinessRepository, type ProbedRun } from './readiness.repository';

const INTERVAL_MS = 1000;
/** Of one probe. */
const TIMEOUT_MS = 5000;
const MAX_AT_ONCE = 100;

/** Probes the guests that are not ready, on the hosts that this replica reaches. Replicas take turns. */
@Injectable()
export class ReadinessProber implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Readiness');
  private readonly stopping = new AbortController();
  private readonly probing = new Set<Promise<void>>();
  /** Only the first of several failures is logged. */
  private isFailing = false;
  private readonly rounds = new IntervalTask({
    intervalMs: INTERVAL_MS,
    work: () => this.round(),
    failed: (error) => this.failed(error),
  });

  constructor(
    private readonly repository: ReadinessRepository,
    private readonly hosts: HostsService,
    private readonly calls: DriverCallFactory,
    private readonly metrics: Metrics,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.rounds.stop();
    await Promise.all(this.probing);
  }

  /** Probes guests that have just started without waiting for the next round. */
  wake(): void {
    this.rounds.runNow();
  }

  private async round(): Promise<void> {
    const hostIds = this.hosts.reached().map(({ id }) => id);
    const free = MAX_AT_ONCE - this.probing.size;
    if (hostIds.length === 0 || free === 0) return;
    for (const run of await this.repository.claim(hostIds, free)) {
      const probing = this.turn(run)
        .catch((error: unknown) => this.failed(error))
        .finally(() => this.probing.delete(probing));
      this.probing.add(probing);
    }
    this.isFailing = false;
  }

  /** Probes a guest frequently at first, then once for each claim, so that others get their turn. */
  private async turn(run: ProbedRun): Promise<void> {
    const { signal } = this.stopping;
    const claimed = performance.now();
    for (;;) {
      const why = await this.probe(run);
      if (why === null) return this.becameReady(run);
      if (signal.aborted) return this.repository.putBack(run, 0);
      const seconds = run.secondsSinceStart + (performance.now() - claimed) / 1000;
      const next = nextProbe(seconds, run.guest.readiness?.timeoutSeconds ?? 0);
      if (next.kind === 'never') return this.gaveUp(run, why);
      if (next.kind === 'later') return this.repository.putBack(run, next.delayMs);
      await sleep(next.delayMs, signal);
    }
  }

  /** @returns why the guest is not ready; null if it is */
  private async probe(run: ProbedRun): Promise<string | null> {
    const { readiness } = run.guest;
    try {
      const driver = this.calls.driverOf(run);
      const probes = driver.abilities.readiness;
      if (!readiness || !probes) return `the engine ${driver.kind} cannot probe it`;
      return await withTimeout({ timeoutMs: TIMEOUT_MS, signal: this.stopping.signal }, (signal) =>
        probes.probe(this.calls.callOf(run, { purpose: 'inspect', signal }), readiness, run.ports),
      );
    } catch (error) {
      return error instanceof TimeoutError ? 'the probe took too long' : messageOf(error);
    }
  }

  private async becameReady(run: ProbedRun): Promise<void> {
    const seconds = await this.repository.becomeReady(run);
    if (seconds !== undefined) this.metrics.observeReady(this.calls.driverOf(run).kind, seconds);
  }

  private async gaveUp(run: ProbedRun, why: string): Promise<void> {
    const after = run.guest.readiness?.timeoutSeconds ?? 0;
    await this.repository.giveUp(run, `not ready after ${after} s: ${why}`);
  }

  private failed(error: unknown): void {
    if (!this.isFailing) this.logger.warn({ err: error }, 'failed to probe guests; will retry');
    this.isFailing = true;
  }
}
