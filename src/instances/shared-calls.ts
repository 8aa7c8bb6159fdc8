import { boundedBy } from '../common/bounded';
import { TooManyWaitsError } from '../common/errors/wait.errors';
import { GroupCounts } from '../common/group-counts';

/** Maximum concurrent calls of one kind in a process. */
const MAX_CALLS = 512;
/** Maximum of these per tenant, so that no tenant blocks the others. */
const MAX_CALLS_OF_TENANT = 32;

export interface SharedCall<T> {
  /** Concurrent requests with the same key share one call. */
  readonly key: string;
  readonly tenantId: string;
  readonly timeoutMs: number;
  /** Aborts when the caller disconnects. */
  readonly signal: AbortSignal;
  readonly work: (signal: AbortSignal) => Promise<T>;
}

interface UnderWay<T> {
  readonly answer: Promise<T>;
  readonly stopping: AbortController;
  askers: number;
}

/** Single flight: concurrent requests share one call, which ends at its timeout or when the last of them leaves. */
export class SharedCalls<T> {
  private readonly calls = new Map<string, UnderWay<T>>();
  /** Number of calls by tenant. */
  private readonly tenants = new GroupCounts();

  /**
   * @throws {TooManyWaitsError} if too many calls are in progress.
   * @throws {TimedOut} after the timeout; also whatever `work` rejects with.
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
    // New requests start another call instead of sharing an aborted one.
    stopping.signal.addEventListener('abort', forget, { once: true });
    call.answer.then(forget, forget);
    return call;
  }
}
