import { planOf } from './plan';
import type { Prepared } from './store/prepared.repository';
import type { WarmPool } from './warm-pool';

const KIND = { flavor: 'small', imageId: 'image', type: 'vm' } as const;

function aPool(parts: Partial<WarmPool> = {}): WarmPool {
  return {
    ...{ name: 'web', ...KIND, size: 2, failures: 0, lastError: null, failedAt: null, isWaiting: false },
    ...{ createdAt: 0, updatedAt: 0, ...parts },
  };
}

function instance(id: string, parts: Partial<Prepared> = {}): Prepared {
  return {
    ...{ id, version: 2, name: 'web', ...KIND, driver: 'tiny', status: 'running', statusReason: null },
    ...{ createdAt: 1000, idleSeconds: 60, ...parts },
  };
}

/** Number of instances to create by pool, and ids to delete. */
function planned(pools: readonly WarmPool[], prepared: readonly Prepared[]): object {
  const { create, discard, failed, recovered } = planOf(pools, prepared, () => 'tiny');
  return {
    create: Object.fromEntries(create.map(({ pool, count }) => [pool.name, count])),
    discard: discard.map(({ id }) => id),
    ...(failed.length > 0 && { failed: failed.map(({ reason }) => reason) }),
    ...(recovered.length > 0 && { recovered: recovered.map(({ name }) => name) }),
  };
}

describe('what a round of preparation does', () => {
  it('creates what is missing, and counts what is being created', () => {
    const creating = instance('1', { status: 'creating' });
    expect(planned([aPool({ size: 3 })], [creating])).toEqual({ create: { web: 2 }, discard: [] });
    expect(planned([aPool({ size: 1 })], [creating])).toEqual({ create: {}, discard: [] });
  });

  it('deletes what is too many: first what is not ready yet, and then the newest', () => {
    const own = [instance('1', { status: 'creating' }), instance('2'), instance('3'), instance('4')];
    expect(planned([aPool()], own)).toEqual({ create: {}, discard: ['4', '1'] });
  });

  it.each([
    ['another pool', { name: 'other' }],
    ['another flavor', { flavor: 'large' }],
    ['another image', { imageId: 'other' }],
    ['another type', { type: 'container' }],
    ['a driver that new instances no longer get', { driver: 'former' }],
  ] as const)('replaces an instance of %s', (_, parts) => {
    const own = [instance('1', parts), instance('2')];
    expect(planned([aPool()], own)).toEqual({ create: { web: 1 }, discard: ['1'] });
  });

  it('deletes what has failed or ended after a while, and creates nothing until the delay is over', () => {
    const own = [
      instance('1', { status: 'error', statusReason: 'create failed: full' }),
      instance('2', { status: 'error', idleSeconds: 1 }),
      instance('3', { status: 'stopped' }),
    ];
    expect(planned([aPool()], own)).toEqual({
      ...{ create: {}, discard: ['1', '3'], failed: ['create failed: full'] },
    });
    expect(planned([aPool({ isWaiting: true })], [])).toEqual({ create: {}, discard: [] });
  });

  it('recovers with an instance that was created after the last failure', () => {
    const pool = aPool({ size: 1, failures: 1, failedAt: 2000 });
    expect(planned([pool], [instance('1', { createdAt: 1999 })])).toEqual({ create: {}, discard: [] });
    expect(planned([pool], [instance('1', { createdAt: 2001 })])).toEqual({
      ...{ create: {}, discard: [], recovered: ['web'] },
    });
  });
});
