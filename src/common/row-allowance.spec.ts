import { RowAllowance } from './row-allowance';

/** Rows of tenants in memory, which are counted like those of a table. */
class Rows {
  counts = 0;
  readonly rows = new Map<string, number>();

  readonly count = (tenantId: string, atMost: number): Promise<number> => {
    this.counts++;
    return Promise.resolve(Math.min(this.of(tenantId), atMost));
  };

  of(tenantId: string): number {
    return this.rows.get(tenantId) ?? 0;
  }

  set(tenantId: string, rows: number): void {
    this.rows.set(tenantId, rows);
  }

  async add(allowance: RowAllowance, tenantId: string, rows = 1): Promise<void> {
    await allowance.take(tenantId, rows);
    this.set(tenantId, this.of(tenantId) + rows);
  }
}

const refusal = () => new Error('too many rows');

describe('RowAllowance', () => {
  let rows: Rows;
  beforeEach(() => {
    rows = new Rows();
  });
  const allowanceOf = (limit: number): RowAllowance =>
    new RowAllowance({ limit, count: rows.count, refusal });
  const fill = async (allowances: readonly RowAllowance[], tenantId: string): Promise<number> => {
    for (;;) {
      const before = rows.of(tenantId);
      for (const allowance of allowances) await rows.add(allowance, tenantId).catch(() => undefined);
      if (rows.of(tenantId) === before) return before;
    }
  };

  it('lets a tenant add rows up to the limit, and counts them a few times only', async () => {
    expect(await fill([allowanceOf(10_000)], 'a')).toBe(10_000);
    expect(rows.counts).toBeLessThan(100);
  });

  it('is exceeded by at most a hundredth for each replica', async () => {
    expect(await fill([allowanceOf(1000), allowanceOf(1000), allowanceOf(1000)], 'a')).toBeLessThanOrEqual(
      1030,
    );
  });

  it('refuses one tenant without a count for each request, and no other tenant', async () => {
    const allowance = allowanceOf(100);
    rows.set('a', 100);
    for (let i = 0; i < 50; i++) await expect(allowance.take('a')).rejects.toThrow('too many rows');
    expect(rows.counts).toBe(1);
    await allowance.take('b');
  });

  it('allows rows again once others are gone', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] });
    try {
      const allowance = allowanceOf(100);
      rows.set('a', 100);
      await expect(allowance.take('a')).rejects.toThrow('too many rows');
      rows.set('a', 0);
      jest.advanceTimersByTime(1000);
      await allowance.take('a');
    } finally {
      jest.useRealTimers();
    }
  });

  it('refuses several rows at once if they are more than what is left', async () => {
    const allowance = allowanceOf(100);
    rows.set('a', 50);
    await expect(allowance.take('a', 51)).rejects.toThrow('too many rows');
    await allowanceOf(100).take('a', 50);
  });

  it('shares a count among requests that come at the same time', async () => {
    const allowance = allowanceOf(100_000);
    await Promise.all(Array.from({ length: 500 }, () => allowance.take('a')));
    expect(rows.counts).toBe(1);
  });

  it('counts again after a count that failed', async () => {
    const count = jest.fn().mockRejectedValueOnce(new Error('no database')).mockResolvedValue(0);
    const allowance = new RowAllowance({ limit: 10, count, refusal });
    await expect(allowance.take('a')).rejects.toThrow('no database');
    await allowance.take('a');
  });

  it('counts nothing where there is no limit', async () => {
    await allowanceOf(-1).take('a');
    expect(rows.counts).toBe(0);
  });
});
