/** How many rows of a kind a tenant may have. */
export interface RowLimit {
  /** Below 0 is no limit. */
  readonly limit: number;
  /** How many the tenant has. It may stop counting at `atMost`. */
  readonly count: (tenantId: string, atMost: number) => Promise<number>;
  readonly refusal: () => Error;
}

export interface Addition<T> {
  readonly rows: number;
  readonly write: () => Promise<T>;
  /** How many rows a result stands for; by default all of them. None are written if `write` rejects. */
  readonly written?: (result: T) => number;
}

/** Permission to write rows. Rows that are being written count as written. */
export interface Admission {
  /** How many rows were written in the end; 0 if none were. */
  settle(rows: number): void;
}

/** Tenants that are remembered between their requests; a forgotten one is counted again. */
const MAX_TENANTS = 50_000;
/** A count is not repeated earlier than this, because it reads all rows of the tenant. */
const MIN_AGE_MS = 5000;
const MIN_AGE_BEFORE_REFUSAL_MS = 1000;
const MAX_AGE_MS = 10_000;

interface Tally {
  /** When the last count began; undefined before the first. */
  countedAt: number | undefined;
  counted: number;
  /** Rows admitted since then, and rows admitted earlier that were still being written. */
  added: number;
  /** Of `added`, those that are being written. */
  inFlight: number;
  counting?: Promise<void>;
}

/**
 * Limits the rows of each tenant without counting them for each request. A count holds for 10 s, or until a tenth of
 * what was left is used up, but for at least 5 s. A tenant can exceed its limit by what other replicas admit meanwhile.
 */
export class RowAllowance {
  private readonly tallies = new Map<string, Tally>();

  constructor(private readonly of: RowLimit) {}

  /** Writes rows. @throws the refusal, or what the count or `write` throws. */
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

  /** The caller must settle it. @throws the refusal, or what the count throws. */
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
    // Rows that were added since may be gone by now: they are counted again before a refusal.
    if (added > 0 && rows <= left && rows > left - added) return ageMs >= MIN_AGE_BEFORE_REFUSAL_MS;
    if (ageMs < MIN_AGE_MS) return false;
    return ageMs >= MAX_AGE_MS || added + rows > left / 10;
  }

  private async count(tenantId: string, tally: Tally): Promise<void> {
    // Rows that are written while the count runs may be in it as well: they are counted twice until the next count.
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
