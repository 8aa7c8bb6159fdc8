import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { IntervalTask } from '../../../platform/async/interval-task';
import { sleep } from '../../../platform/async/sleep';
import { TimeoutError, withTimeout } from '../../../platform/async/timeout';
import { Metrics } from '../../../platform/metrics';
import { DriverError } from '../../../drivers';
import { HostsService } from '../../hosts';
import { ResourceSignals } from '../../resources';
import { DriverCallFactory } from '../work/driver-calls';
import { nextProbe } from './probe-schedule';
import { ReadinessRepository, type ProbedRun } from './readiness.repository';

const INTERVAL_MS = 1000;
/** Of one probe. */
const TIMEOUT_MS = 5000;
const MAX_AT_ONCE = 100;

/** After a probe that did not find out anything, or whose result could not be recorded yet. */
const RETRY_MS = 10_000;

interface Probing {
  /** Aborted when the instance has changed. */
  readonly ending: AbortController;
  readonly probing: Promise<void>;
}

interface NotReady {
  readonly isReady: false;
  /** Null if the engine could not tell. */
  readonly why: string | null;
}

type ProbeResult = { readonly isReady: true } | NotReady;

const notReady = (why: string): NotReady => ({ isReady: false, why });

/** Probes the guests that are not ready, on the hosts that this replica reaches. Replicas take turns. */
@Injectable()
export class ReadinessProber implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Readiness');
  /** By the id of the instance. */
  private readonly probing = new Map<string, Probing>();
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
    private readonly signals: ResourceSignals,
  ) {}

  onApplicationBootstrap(): void {
    this.signals.on('changed', (_, id) => this.probing.get(id)?.ending.abort());
    this.signals.on('resync', () => this.endAll());
    this.rounds.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds.stop();
    this.endAll();
    await Promise.all([...this.probing.values()].map(({ probing }) => probing));
  }

  /** Probes guests that have just started without waiting for the next round. */
  wake(): void {
    this.rounds.runNow();
  }

  private endAll(): void {
    for (const { ending } of this.probing.values()) ending.abort();
  }

  private async round(): Promise<void> {
    const hostIds = this.hosts.reached().map(({ id }) => id);
    const free = MAX_AT_ONCE - this.probing.size;
    if (hostIds.length === 0 || free === 0) return;
    for (const run of await this.repository.claim(hostIds, free)) {
      const ending = new AbortController();
      const probing = this.turn(run, ending.signal)
        .catch((error: unknown) => this.failed(error))
        .finally(() => {
          if (this.probing.get(run.id)?.ending === ending) this.probing.delete(run.id);
        });
      this.probing.set(run.id, { ending, probing });
    }
    this.isFailing = false;
  }

  /** Probes a guest frequently at first, then once for each claim, so that others get their turn. */
  private async turn(run: ProbedRun, signal: AbortSignal): Promise<void> {
    const timeoutSeconds = run.guest.readiness?.timeoutSeconds ?? 0;
    const claimed = performance.now();
    for (;;) {
      const result = await this.probe(run, signal);
      // The instance has changed meanwhile: its run may have ended, and its ports may belong to another one.
      if (signal.aborted) {
        await this.repository.putBack(run, 0);
        this.wake();
        return;
      }
      if (result.isReady) return this.becameReady(run);
      const seconds = run.seconds + (performance.now() - claimed) / 1000;
      const next = nextProbe(seconds, timeoutSeconds);
      if (next.kind === 'never') return this.gaveUp(run, result, timeoutSeconds);
      if (next.kind === 'later') return this.repository.putBack(run, next.delayMs);
      await sleep(next.delayMs, signal);
    }
  }

  private async probe(run: ProbedRun, ending: AbortSignal): Promise<ProbeResult> {
    const { readiness } = run.guest;
    try {
      const driver = this.calls.driverOf(run);
      const probes = driver.abilities.readiness;
      if (!readiness || !probes) return notReady(`the engine ${driver.kind} cannot probe it`);
      const why = await withTimeout({ timeoutMs: TIMEOUT_MS, signal: ending }, (signal) =>
        probes.probe(this.calls.callOf(run, { purpose: 'inspect', signal }), readiness, run.ports),
      );
      return why === null ? { isReady: true } : notReady(why);
    } catch (error) {
      if (error instanceof TimeoutError) return notReady('the probe took too long');
      if (error instanceof DriverError && !error.retryable) return notReady(error.message);
      if (!ending.aborted) this.failed(error);
      return { isReady: false, why: null };
    }
  }

  private async becameReady(run: ProbedRun): Promise<void> {
    const seconds = await this.repository.becomeReady(run);
    if (seconds === undefined) await this.repository.putBack(run, INTERVAL_MS);
    else this.metrics.observeReady(this.calls.driverOf(run).kind, seconds);
  }

  /** Only after an answer: while the engine is unreachable, it is unknown whether the guest is ready. */
  private async gaveUp(run: ProbedRun, { why }: NotReady, timeoutSeconds: number): Promise<void> {
    const reason = `not ready after ${timeoutSeconds} s: ${why ?? ''}`;
    const isRecorded = why !== null && (await this.repository.giveUp(run, reason)) !== undefined;
    if (!isRecorded) await this.repository.putBack(run, RETRY_MS);
  }

  private failed(error: unknown): void {
    if (!this.isFailing) this.logger.warn({ err: error }, 'failed to probe guests; will retry');
    this.isFailing = true;
  }
}
