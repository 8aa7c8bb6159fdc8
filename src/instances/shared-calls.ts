import { boundedBy } from '../common/bounded';
import { TooManyWaitsError } from '../common/errors/wait.errors';
import { GroupCounts } from '../common/group-counts';

/** Calls of one process that may be under way at once, of a kind. */
const MAX_CALLS = 512;
/** Of these, those of one tenant: he must not keep the others from asking. */
const MAX_CALLS_OF_TENANT = 32;

export interface SharedCall<T> {
  /** Who asks for the same at the same time shares the answer. */
  readonly key: string;
  readonly tenantId: string;
  readonly timeoutMs: number;
  /** Aborts where whoever asks has gone. */
  readonly signal: AbortSignal;
  readonly work: (signal: AbortSignal) => Promise<T>;
}

interface UnderWay<T> {
  readonly answer: Promise<T>;
  readonly stopping: AbortController;
  askers: number;
}

/** Asks once what many want to know at the same time; a call ends with its time, or when the last of them goes. */
export class SharedCalls<T> {
  private readonly calls = new Map<string, UnderWay<T>>();
  /** How many of the calls are whose. */
  private readonly tenants = new GroupCounts();

  /**
   * @throws {TooManyWaitsError} where too much is under way.
   * @throws {TimedOut} where the time is over, and what the work rejects with.
   */
  async ask(asked: SharedCall<T>): Promise<T> {
    const { signal } = asked;
    const call = this.calls.get(asked.key) ?? this.begin(asked);
    call.askers++;
    const leave = (): void => {
      if (--call.askers === 0) call.stopping.abort();
    };
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
    try {
      return await call.answer;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  private begin({ key, tenantId, timeoutMs, work }: SharedCall<T>): UnderWay<T> {
    const isTooMuch = this.calls.size >= MAX_CALLS || this.tenants.of(tenantId) >= MAX_CALLS_OF_TENANT;
    if (isTooMuch) throw new TooManyWaitsError();
    this.tenants.add(tenantId, 1);
    const stopping = new AbortController();
    const call = { answer: boundedBy({ timeoutMs, signal: stopping.signal }, work), stopping, askers: 0 };
    this.calls.set(key, call);
    const forget = (): void => {
      if (this.calls.get(key) !== call) return;
      this.calls.delete(key);
      this.tenants.add(tenantId, -1);
    };
    // Whoever comes now asks anew: nobody is to share what was given up.
    stopping.signal.addEventListener('abort', forget, { once: true });
    call.answer.then(forget, forget);
    return call;
  }
}
