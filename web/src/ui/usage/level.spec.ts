import { describe, expect, it } from '@jest/globals';
import { levelOf, sharesOf } from './level';

describe('usage of a limit', () => {
  it.each([
    [{ used: 79, limit: 100 }, 'free'],
    [{ used: 80, limit: 100 }, 'near'],
    [{ used: 100, limit: 100 }, 'full'],
    [{ used: 101, limit: 100 }, 'over'],
    [{ used: 1_000_000, limit: -1 }, 'unlimited'],
    [{ used: 0, limit: 0 }, 'full'],
    [{ used: 4, requested: 4, limit: 10 }, 'near'],
    [{ used: 8, requested: 3, limit: 10 }, 'over'],
  ] as const)('%j is %s', (usage, level) => {
    expect(levelOf(usage)).toBe(level);
  });

  it('draws what is used and requested', () => {
    expect(sharesOf({ used: 4, requested: 2, limit: 10 })).toEqual({ used: 40, requested: 20 });
  });

  it('never draws more than the whole bar', () => {
    expect(sharesOf({ used: 8, requested: 8, limit: 10 })).toEqual({ used: 80, requested: 20 });
    expect(sharesOf({ used: 30, limit: 10 })).toEqual({ used: 100, requested: 0 });
  });

  it('draws nothing without a limit, and a full bar if something is used of nothing', () => {
    expect(sharesOf({ used: 5, limit: -1 })).toEqual({ used: 0, requested: 0 });
    expect(sharesOf({ used: 0, limit: 0 })).toEqual({ used: 0, requested: 0 });
    expect(sharesOf({ used: 1, limit: 0 })).toEqual({ used: 100, requested: 0 });
  });
});
