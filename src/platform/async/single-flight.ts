import { raceAbort } from './timeout';

interface Flight<T> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  callers: number;
  isDone: boolean;
}

/**
 * Concurrent callers with the same key share one run. Aborting one caller does not affect the others; the run is
 * aborted when no caller is left. Results can be cached, errors are not.
 */
export class SingleFlight<T> {
  private readonly flights = new Map<string, Flight<T>>();

  /** @param maxCached maximum number of cached results; the oldest is evicted first */
  constructor(private readonly maxCached = 0) {}

  /**
   * @param signal of a caller that may leave before the end
   * @throws the abort reason of `signal`, or what `work` rejects with
   */
  async run(
    key: string,
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted();
    const flight = this.flights.get(key) ?? this.start(key, work);
    flight.callers += 1;
    try {
      return await (signal ? raceAbort(flight.result, signal) : flight.result);
    } finally {
      flight.callers -= 1;
      if (flight.callers === 0 && !flight.isDone) this.abandon(key, flight);
    }
  }

  private start(key: string, work: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const controller = new AbortController();
    const result = work(controller.signal);
    const flight: Flight<T> = { result, controller, callers: 0, isDone: false };
    this.flights.set(key, flight);
    result.then(
      () => {
        flight.isDone = true;
        this.trim();
      },
      () => this.remove(key, flight),
    );
    return flight;
  }

  private abandon(key: string, flight: Flight<T>): void {
    this.remove(key, flight);
    flight.controller.abort();
  }

  /** Keeps a newer flight with the same key. */
  private remove(key: string, flight: Flight<T>): void {
    flight.isDone = true;
    if (this.flights.get(key) === flight) this.flights.delete(key);
  }

  /** Evicts only finished flights: the number of unfinished ones is bounded by their callers. */
  private trim(): void {
    for (const [key, { isDone }] of this.flights) {
      if (this.flights.size <= this.maxCached) return;
      if (isDone) this.flights.delete(key);
    }
  }
}
