import { TooManyWaitsError } from '../errors/service.errors';
import { GroupCounts } from '../values/group-counts';

/** Maximum concurrent waits of one kind in this process: in total and per tenant. */
const MAX_WAITING = 20_000;
const MAX_WAITING_OF_TENANT = 2000;

/** A request waiting for news about one id; call `stop` when done. */
export interface Wait<Update> {
  /** The awaited news; undefined if the time is over, the signal aborts, or all waits are closed. */
  result(timeoutMs: number, signal?: AbortSignal): Promise<Update | undefined>;
  stop(): void;
}

interface Waiting<Update> {
  readonly tenantId: string;
  readonly matches: (update: Update) => boolean;
  readonly resolve: (update: Update | undefined) => void;
}

/** Pending waits by id. A wait costs memory and one timer, but no polling. */
export class Waits<Update> {
  private readonly waiting = new Map<string, Set<Waiting<Update>>>();
  private readonly tenants = new GroupCounts();
  private count = 0;
  private closed = false;

  /** Number of pending waits. */
  get size(): number {
    return this.count;
  }

  /** Whether all waits were ended; new ones end at once. */
  get isClosed(): boolean {
    return this.closed;
  }

  /** Ids with pending waits. */
  get ids(): readonly string[] {
    return [...this.waiting.keys()];
  }

  has(id: string): boolean {
    return this.waiting.has(id);
  }

  /** Whether another request of this tenant may wait. */
  hasRoom(tenantId: string): boolean {
    return this.count < MAX_WAITING && this.tenants.of(tenantId) < MAX_WAITING_OF_TENANT;
  }

  /**
   * Receives all news from this call on; the caller must look up the earlier state.
   * @throws {TooManyWaitsError}
   */
  begin(tenantId: string, id: string, matches: (update: Update) => boolean): Wait<Update> {
    const { promise, resolve } = withResolvers<Update>();
    const waiting = { tenantId, matches, resolve };
    if (this.closed) resolve(undefined);
    else if (this.hasRoom(tenantId)) this.add(id, waiting);
    else throw new TooManyWaitsError();
    return {
      result: (timeoutMs, signal) => bounded({ promise, resolve }, timeoutMs, signal),
      stop: () => this.remove(id, waiting),
    };
  }

  notify(id: string, update: Update): void {
    for (const { matches, resolve } of this.waiting.get(id) ?? []) if (matches(update)) resolve(update);
  }

  close(): void {
    this.closed = true;
    for (const all of this.waiting.values()) for (const { resolve } of all) resolve(undefined);
  }

  private add(id: string, waiting: Waiting<Update>): void {
    const all = this.waiting.get(id) ?? new Set();
    this.waiting.set(id, all.add(waiting));
    this.tenants.add(waiting.tenantId, 1);
    this.count++;
  }

  private remove(id: string, waiting: Waiting<Update>): void {
    const all = this.waiting.get(id);
    if (all?.delete(waiting) !== true) return;
    this.count--;
    if (all.size === 0) this.waiting.delete(id);
    this.tenants.add(waiting.tenantId, -1);
  }
}

interface Resolvers<Update> {
  readonly promise: Promise<Update | undefined>;
  readonly resolve: (update: Update | undefined) => void;
}

async function bounded<Update>(
  { promise, resolve }: Resolvers<Update>,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<Update | undefined> {
  const end = (): void => resolve(undefined);
  if (signal?.aborted === true) end();
  signal?.addEventListener('abort', end, { once: true });
  const timer = setTimeout(end, timeoutMs);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  }
}

function withResolvers<Update>(): Resolvers<Update> {
  let resolve: Resolvers<Update>['resolve'] = () => undefined;
  const promise = new Promise<Update | undefined>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
