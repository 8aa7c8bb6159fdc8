import { DriverError, type DriverCall, type Verb } from '../port/driver-call';

const MAX_MS = 3_600_000;

export type FaultyCall = Exclude<Verb, 'inspect'> | 'console' | 'stats' | 'exec' | 'probe';

/**
 * Failures, delays and progress texts that users request through metadata, to test their own automation.
 *
 * For each of create, start, stop, restart, reboot, pause, resume, resize, rebuild, snapshot, restore, delete, console,
 * stats, exec and probe:
 * - `simulate.<verb>Error`: the verb fails permanently with this text;
 * - `simulate.<verb>RetryableError`: it fails with this text; an operation is retried until attempts or time run out
 *   (a delete as long as the fault is set);
 * - `simulate.<verb>DelayMs`: it takes this long instead of the configured time, at most one hour;
 * - `simulate.<verb>Progress`: it reports this text as progress.
 *
 * `simulate.exitAfterMs`: the guest exits this long after each start, at most one hour, with the code
 * `simulate.exitCode`, by default 1.
 *
 * `simulate.readyAfterMs`: probes at its ports succeed this long after each start, at most one hour.
 *
 * `simulate.resizeRestart`: a running instance cannot be resized.
 *
 * `simulate.quiesceRefusal`: why the guest cannot be quiesced.
 *
 * `simulate.removeError`: snapshots of the instance cannot be removed, with this text.
 */
export class SimulatedFaults {
  private readonly metadata: Readonly<Record<string, string>>;

  constructor({ instance }: DriverCall) {
    this.metadata = instance.metadata;
  }

  delayMs(verb: FaultyCall, configured: number): number {
    return this.number(`simulate.${verb}DelayMs`) ?? configured;
  }

  /** Undefined if the guest does not exit. */
  exitAfterMs(): number | undefined {
    return this.number('simulate.exitAfterMs');
  }

  /** 0 if the guest is ready as soon as it runs. */
  readyAfterMs(): number {
    return this.number('simulate.readyAfterMs') ?? 0;
  }

  exitCode(): number {
    return (this.number('simulate.exitCode') ?? 1) & 255;
  }

  progress(verb: FaultyCall): string | undefined {
    return this.metadata[`simulate.${verb}Progress`];
  }

  needsRestart(): boolean {
    return this.metadata['simulate.resizeRestart'] !== undefined;
  }

  private number(name: string): number | undefined {
    const value = this.metadata[name];
    return value !== undefined && /^\d{1,7}$/.test(value) ? Math.min(Number(value), MAX_MS) : undefined;
  }

  /** @throws {DriverError} if the metadata requests a failure. */
  raise(verb: FaultyCall): void {
    const permanent = this.metadata[`simulate.${verb}Error`];
    if (permanent !== undefined) throw new DriverError(permanent, { retryable: false });
    const passing = this.metadata[`simulate.${verb}RetryableError`];
    if (passing !== undefined) throw new DriverError(passing, { retryable: true });
  }
}
