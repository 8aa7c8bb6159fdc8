/** Limit on the rows of one kind that a tenant may have. */
export interface RowLimit {
  /** Negative means unlimited. */
  readonly limit: number;
  /** Counts the tenant's rows; may stop counting at `atMost`. */
  readonly count: (tenantId: string, atMost: number) => Promise<number>;
  readonly refusal: () => Error;
}

export interface Addition<T> {
  readonly rows: number;
  readonly write: () => Promise<T>;
  /** Number of rows that were written, by default `rows`. It is 0 if `write` rejects. */
  readonly written?: (result: T) => number;
}

/** Permission to write rows. Rows being written already count against the limit. */
export interface Admission {
  /** Reports how many rows were written, 0 if the write failed. */
  settle(rows: number): void;
}

/** Tenants kept in memory; an evicted one is counted again. */
const MAX_TENANTS = 50_000;
/** Minimum time between counts, because a count reads all rows of the tenant. */
const MIN_AGE_MS = 5000;
const MIN_AGE_BEFORE_REFUSAL_MS = 1000;
const MAX_AGE_MS = 10_000;

interface Tally {
  /** When the last count began; undefined before the first. */
  countedAt: number | undefined;
  counted: number;
  /** Rows admitted since that count began, plus earlier ones that were still being written then. */
  added: number;
  /** The part of `added` that is still being written. */
  inFlight: number;
  counting?: Promise<void>;
}

/**
 * Limits the rows of each tenant without counting them on every request. A count is used for 10 s, or until a tenth of
 * the remaining rows is used, but for at least 5 s. Rows admitted by other replicas meanwhile can exceed the limit.
 */
export class RowAllowance {
  private readonly tallies = new Map<string, Tally>();

  constructor(private readonly of: RowLimit) {}

  /** Writes rows. @throws the refusal, or any error of the count or `write`. */
  async add<T>(tenantId: string, { rows, write, written = () => rows }: Addition<T>): Promise<T> {
    const admission = await this.admit(tenantId, rows);
    let added = 0;
    try {
      const result = await write();
      added = written(result);
      return result;
    } finally {
      admission.settle(added);
    }
  }

  /** The caller must settle the admission. @throws the refusal, or any error of the count. */
  async admit(tenantId: string, rows = 1): Promise<Admission> {
    const { limit } = this.of;
    if (limit < 0) return { settle: () => undefined };
    const tally = this.tallyOf(tenantId);
    if (this.isOld(tally, rows)) {
      tally.counting ??= this.count(tenantId, tally);
      await tally.counting;
    }
    if (tally.counted + tally.added + rows > limit) throw this.of.refusal();
    tally.added += rows;
    tally.inFlight += rows;
    return {
      settle: (written) => {
        tally.inFlight -= rows;
        tally.added += written - rows;
      },
    };
  }

  private isOld({ countedAt, counted, added }: Tally, rows: number): boolean {
    if (countedAt === undefined) return true;
    const ageMs = performance.now() - countedAt;
    const left = this.of.limit - counted;
    // Rows added since the last count may be deleted by now, so count again before refusing.
    if (added > 0 && rows <= left && rows > left - added) return ageMs >= MIN_AGE_BEFORE_REFUSAL_MS;
    if (ageMs < MIN_AGE_MS) return false;
    return ageMs >= MAX_AGE_MS || added + rows > left / 10;
  }

  private async count(tenantId: string, tally: Tally): Promise<void> {
    // Rows written while the count runs may be included in it; those are counted twice until the next count.
    const seen = tally.added - tally.inFlight;
    const begunAt = performance.now();
    try {
      tally.counted = await this.of.count(tenantId, this.of.limit);
      tally.countedAt = begunAt;
      tally.added -= seen;
    } finally {
      delete tally.counting;
    }
  }

  private tallyOf(tenantId: string): Tally {
    const known = this.tallies.get(tenantId);
    if (known) return known;
    const [oldest] = this.tallies.keys();
    if (oldest !== undefined && this.tallies.size >= MAX_TENANTS) this.tallies.delete(oldest);
    const tally = { countedAt: undefined, counted: 0, added: 0, inFlight: 0 };
    this.tallies.set(tenantId, tally);
    return tally;
  }
}
