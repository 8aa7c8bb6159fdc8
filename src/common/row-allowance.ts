/** How many rows of a kind a tenant may have. */
export interface RowLimit {
  /** Below 0 is no limit. */
  readonly limit: number;
  /** How many the tenant has. It may stop counting at `atMost`. */
  readonly count: (tenantId: string, atMost: number) => Promise<number>;
  readonly refusal: () => Error;
}

/** Tenants that are remembered between their requests; a forgotten one is counted again. */
const MAX_TENANTS = 50_000;
/** The count of a tenant that has reached its limit holds for this long. */
const REFUSED_MS = 1000;

interface Allowance {
  /** Rows that may be added before the next count. */
  left: number;
  refusedUntil: number;
  counting?: Promise<void>;
}

/**
 * Lets each tenant add rows until it has reached a limit, without counting them for each request: a count allows a
 * tenth of what is left, but at least a hundredth of the limit. With n replicas, a tenant can exceed its limit by
 * n hundredths.
 */
export class RowAllowance {
  private readonly tenants = new Map<string, Allowance>();

  constructor(private readonly of: RowLimit) {}

  /** @throws the refusal, or what the count throws. */
  async take(tenantId: string, rows = 1): Promise<void> {
    if (this.of.limit < 0) return;
    const allowance = this.allowanceOf(tenantId);
    while (allowance.left < rows) {
      if (performance.now() < allowance.refusedUntil) throw this.of.refusal();
      allowance.counting ??= this.count(tenantId, rows, allowance);
      await allowance.counting;
    }
    allowance.left -= rows;
  }

  private async count(tenantId: string, rows: number, allowance: Allowance): Promise<void> {
    const { limit } = this.of;
    try {
      const free = limit - (await this.of.count(tenantId, limit));
      const step = Math.max(Math.floor(free / 10), Math.ceil(limit / 100), rows);
      allowance.left = Math.min(step, free);
      if (allowance.left < rows) allowance.refusedUntil = performance.now() + REFUSED_MS;
    } finally {
      delete allowance.counting;
    }
  }

  private allowanceOf(tenantId: string): Allowance {
    const known = this.tenants.get(tenantId);
    if (known) return known;
    const [oldest] = this.tenants.keys();
    if (oldest !== undefined && this.tenants.size >= MAX_TENANTS) this.tenants.delete(oldest);
    const allowance = { left: 0, refusedUntil: 0 };
    this.tenants.set(tenantId, allowance);
    return allowance;
  }
}
