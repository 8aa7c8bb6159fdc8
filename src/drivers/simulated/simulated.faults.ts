import { DriverError, type DriverCall, type Purpose } from '../compute-driver.port';

export type Verb = Exclude<Purpose, 'inspect'> | 'console' | 'stats';

/**
 * Failures, delays and words that a user asks for through metadata, to see how his own automation takes them.
 *
 * For each of create, start, stop, restart, delete, console and stats:
 * - `simulate.<verb>Error`: the verb fails for good with this text;
 * - `simulate.<verb>RetryableError`: it fails with this text, and an operation is tried again until attempts or time run out
 *   (a delete for as long as the fault is there);
 * - `simulate.<verb>DelayMs`: it takes this long instead of the configured time, at most an hour;
 * - `simulate.<verb>Progress`: it says this of how far it is.
 */
export class SimulatedFaults {
  private readonly metadata: Readonly<Record<string, string>>;

  constructor({ instance }: DriverCall) {
    this.metadata = instance.metadata;
  }

  delayMs(verb: Verb, configured: number): number {
    const value = this.metadata[`simulate.${verb}DelayMs`];
    return value !== undefined && /^\d{1,7}$/.test(value) ? Math.min(Number(value), 3_600_000) : configured;
  }

  progress(verb: Verb): string | undefined {
    return this.metadata[`simulate.${verb}Progress`];
  }

  /** @throws {DriverError} where one is asked for. */
  raise(verb: Verb): void {
    const permanent = this.metadata[`simulate.${verb}Error`];
    if (permanent !== undefined) throw new DriverError(permanent, { retryable: false });
    const passing = this.metadata[`simulate.${verb}RetryableError`];
    if (passing !== undefined) throw new DriverError(passing, { retryable: true });
  }
}
