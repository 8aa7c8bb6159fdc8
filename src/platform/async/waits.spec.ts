import { Waits, type Wait } from './waits';

describe('Waits', () => {
  const MOST_OF_TENANT = 2000;
  const always = (): boolean => true;

  function fill(waits: Waits<string>, tenantId: string): readonly Wait<string>[] {
    return Array.from({ length: MOST_OF_TENANT }, (_, index) => waits.begin(tenantId, `id-${index}`, always));
  }

  it('leave room for other tenants when one has used its share', () => {
    const waits = new Waits<string>();
    const [first] = fill(waits, 'a');
    expect(waits.hasRoom('a')).toBe(false);
    expect(() => waits.begin('a', 'id', always)).toThrow('Too many requests are already waiting');
    const other = waits.begin('b', 'id', always);
    first?.stop();
    // A second stop has no effect.
    first?.stop();
    const next = waits.begin('a', 'id', always);
    expect(() => waits.begin('a', 'id', always)).toThrow('Too many requests are already waiting');
    other.stop();
    next.stop();
    expect(waits.size).toBe(MOST_OF_TENANT - 1);
  });

  it('have a limit for all tenants together', () => {
    const waits = new Waits<string>();
    for (let tenant = 0; tenant < 10; tenant++) fill(waits, `tenant-${tenant}`);
    expect(() => waits.begin('b', 'id', always)).toThrow('Too many requests are already waiting');
  });

  it('deliver a matching update, and end without a result when they are closed', async () => {
    const waits = new Waits<string>();
    const one = waits.begin('a', 'id', (update) => update === 'two');
    const result = one.result(60_000);
    waits.notify('id', 'one');
    waits.notify('other', 'two');
    waits.notify('id', 'two');
    expect(await result).toBe('two');
    const other = waits.begin('a', 'id', always).result(60_000);
    waits.close();
    expect(await other).toBeUndefined();
  });
});
