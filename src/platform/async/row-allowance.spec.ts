import { RowAllowance, type Admission } from './row-allowance';

/** Rows of tenants in memory, counted like those of a table. */
class Rows {
  counts = 0;
  private readonly rows = new Map<string, number>();

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

  write(tenantId: string, admission: Admission, rows = 1): void {
    this.set(tenantId, this.of(tenantId) + rows);
    admission.settle(rows);
  }

  /** Writes rows one by one until they are rejected. */
  async fill(allowance: RowAllowance, tenantId: string, atMost = Infinity): Promise<void> {
    for (let added = 0; added < atMost; added++) {
      const admission = await allowance.admit(tenantId).catch(() => undefined);
      if (!admission) return;
      this.write(tenantId, admission);
    }
  }
}

const REFUSAL = 'too many rows';

describe('RowAllowance', () => {
  let rows: Rows;
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] });
    rows = new Rows();
  });
  afterEach(() => jest.useRealTimers());
  const allowanceOf = (limit: number): RowAllowance =>
    new RowAllowance({ limit, count: rows.count, refusal: () => new Error(REFUSAL) });

  it('lets a tenant add rows up to the limit with a single count', async () => {
    await rows.fill(allowanceOf(10_000), 'a');
    expect([rows.of('a'), rows.counts]).toEqual([10_000, 1]);
  });

  it('rejects one tenant without a count for each request, and no other tenant', async () => {
    const allowance = allowanceOf(100);
    rows.set('a', 100);
    for (let i = 0; i < 50; i++) await expect(allowance.admit('a')).rejects.toThrow(REFUSAL);
    expect(rows.counts).toBe(1);
    await allowance.admit('b');
  });

  it('admits rows again after others were deleted', async () => {
    const allowance = allowanceOf(100);
    rows.set('a', 100);
    await expect(allowance.admit('a')).rejects.toThrow(REFUSAL);
    rows.set('a', 0);
    jest.advanceTimersByTime(5000);
    await allowance.admit('a');
  });

  it('counts rows of other replicas after 10 s, or after 5 s if many were added here', async () => {
    const allowance = allowanceOf(100);
    await rows.fill(allowance, 'a', 1);
    rows.set('a', 100);
    jest.advanceTimersByTime(5000);
    await rows.fill(allowance, 'a', 1);
    expect(rows.counts).toBe(1);
    jest.advanceTimersByTime(5000);
    await expect(allowance.admit('a')).rejects.toThrow(REFUSAL);

    rows.set('b', 0);
    await rows.fill(allowance, 'b', 20);
    rows.set('b', 100);
    jest.advanceTimersByTime(5000);
    await expect(allowance.admit('b')).rejects.toThrow(REFUSAL);
  });

  it('counts rows that are still being written, even after a recount', async () => {
    const allowance = allowanceOf(100);
    for (let i = 0; i < 60; i++) await allowance.admit('a');
    jest.advanceTimersByTime(10_000);
    for (let i = 0; i < 40; i++) await allowance.admit('a');
    expect(rows.counts).toBe(2);
    await expect(allowance.admit('a')).rejects.toThrow(REFUSAL);
  });

  it('releases rows that were not written, and counts the rows actually written', async () => {
    const allowance = allowanceOf(10);
    for (let i = 0; i < 50; i++) (await allowance.admit('a')).settle(0);
    rows.write('a', await allowance.admit('a'), 9);
    await allowance.admit('a');
    await expect(allowance.admit('a')).rejects.toThrow(REFUSAL);
    expect(rows.counts).toBe(1);
  });

  it('counts again before it rejects, because added rows may have been deleted', async () => {
    const allowance = allowanceOf(100);
    await rows.fill(allowance, 'a', 100);
    rows.set('a', 0);
    await expect(allowance.admit('a')).rejects.toThrow(REFUSAL);
    jest.advanceTimersByTime(1000);
    await allowance.admit('a');
  });

  it('rejects several rows at once if they exceed the remaining limit', async () => {
    const allowance = allowanceOf(100);
    rows.set('a', 50);
    await expect(allowance.admit('a', 51)).rejects.toThrow(REFUSAL);
    await allowance.admit('a', 50);
  });

  it('shares a count among concurrent requests', async () => {
    const allowance = allowanceOf(100_000);
    await Promise.all(Array.from({ length: 500 }, () => allowance.admit('a')));
    expect(rows.counts).toBe(1);
  });

  it('counts again after a failed count', async () => {
    const count = jest.fn().mockRejectedValueOnce(new Error('no database')).mockResolvedValue(0);
    const allowance = new RowAllowance({ limit: 10, count, refusal: () => new Error(REFUSAL) });
    await expect(allowance.admit('a')).rejects.toThrow('no database');
    await allowance.admit('a');
  });

  it('does not count without a limit', async () => {
    await allowanceOf(-1).admit('a');
    expect(rows.counts).toBe(0);
  });
});
