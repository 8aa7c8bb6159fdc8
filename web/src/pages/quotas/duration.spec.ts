import { describe, expect, it } from '@jest/globals';
import { partsOf } from './duration';

describe('durations', () => {
  it('reads weeks, days and times', () => {
    expect(partsOf('P1W')).toEqual([{ unit: 'week', count: 1 }]);
    expect(partsOf('P7DT12H')).toEqual([
      { unit: 'day', count: 7 },
      { unit: 'hour', count: 12 },
    ]);
    expect(partsOf('PT90M5S')).toEqual([
      { unit: 'minute', count: 90 },
      { unit: 'second', count: 5 },
    ]);
  });

  it('reads zero as nothing', () => {
    expect(partsOf('PT0S')).toEqual([]);
  });

  it('rejects what is not a duration', () => {
    expect(partsOf('7 days')).toBeUndefined();
  });
});
