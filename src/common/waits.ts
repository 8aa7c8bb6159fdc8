import { TooManyWaitsError } from './errors/wait.errors';
import { GroupCounts } from './group-counts';

/** Requests that may wait at once in one process, of a kind: of all tenants, and of each. */
const MAX_WAITING = 20_000;
const MAX_WAITING_OF_TENANT = 2000;

/** One request that waits for news about one thing; stop it when it is not needed any more. */
export interface Wait<News> {
  /** The news that it waits for; undefined where the time is over, the signal aborts, or all waits end. */
  result(timeoutMs: number, signal?: AbortSignal): Promise<News | undefined>;
  stop(): void;
}

interface Waiting<News> {
  readonly tenantId: string;
  readonly isIt: (news: News) => boolean;
  readonly resolve: (news: News | undefined) => void;
}

/** Who waits for what, by id. A wait costs memory and one timer, and nothing while nothing happens. */
export class Waits<News> {
  private readonly waiting = new Map<string, Set<Waiting<News>>>();
  private readonly tenants = new GroupCounts();
  private count = 0;
  private closed = false;

  /** How many wait. */
  get size(): number {
    return this.count;
  }

  /** Whether it ended all waits, and lets none begin. */
  get isClosed(): boolean {
    return this.closed;
  }

  /** What is waited for. */
  get ids(): readonly string[] {
    return [...this.waiting.keys()];
  }

  has(id: string): boolean {
    return this.waiting.has(id);
  }

  /** Whether one more request of this tenant may wait. */
  hasRoom(tenantId: string): boolean {
    return this.count < MAX_WAITING && this.tenants.of(tenantId) < MAX_WAITING_OF_TENANT;
  }

  /**
   * Misses nothing from now on; what was before this call is the caller's to look up.
   * @throws {TooManyWaitsError}
   */
  begin(tenantId: string, id: string, isIt: (news: News) => boolean): Wait<News> {
    const { promise, resolve } = withResolvers<News>();
    const waiting = { tenantId, isIt, resolve };
    if (this.closed) resolve(undefined);
    else if (this.hasRoom(tenantId)) this.add(id, waiting);
    else throw new TooManyWaitsError();
    return {
      result: (timeoutMs, signal) => bounded({ promise, resolve }, timeoutMs, signal),
      stop: () => this.remove(id, waiting),
    };
  }

  tell(id: string, news: News): void {
    for (const { isIt, resolve } of this.waiting.get(id) ?? []) if (isIt(news)) resolve(news);
  }

  close(): void {
    this.closed = true;
    for (const all of this.waiting.values()) for (const { resolve } of all) resolve(undefined);
  }

  private add(id: string, waiting: Waiting<News>): void {
    const all = this.waiting.get(id) ?? new Set();
    this.waiting.set(id, all.add(waiting));
    this.tenants.add(waiting.tenantId, 1);
    this.count++;
  }

  private remove(id: string, waiting: Waiting<News>): void {
    const all = this.waiting.get(id);
    if (all?.delete(waiting) !== true) return;
    this.count--;
    if (all.size === 0) this.waiting.delete(id);
    this.tenants.add(waiting.tenantId, -1);
  }
}

interface Resolvers<News> {
  readonly promise: Promise<News | undefined>;
  readonly resolve: (news: News | undefined) => void;
}

async function bounded<News>(
  { promise, resolve }: Resolvers<News>,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<News | undefined> {
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

function withResolvers<News>(): Resolvers<News> {
  let resolve: Resolvers<News>['resolve'] = () => undefined;
  const promise = new Promise<News | undefined>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
