import { describe, expect, it } from '@jest/globals';
import { consumersOf, countByFlavor } from './consumers';

const FLAVORS = {
  small: { name: 'small', vcpus: 1, ramGB: 2, diskGB: 10, description: '' },
  large: { name: 'large', vcpus: 8, ramGB: 16, diskGB: 80, description: '' },
};
const sizeOf = (name: string) => (name === 'small' || name === 'large' ? FLAVORS[name] : undefined);

describe('what takes the most of a quota', () => {
  it('multiplies sizes, and sorts by memory', () => {
    const counts = [
      { name: 'small', instances: 3 },
      { name: 'large', instances: 1 },
      { name: 'medium', instances: 0 },
    ];
    expect(consumersOf(counts, sizeOf)).toEqual([
      { flavor: 'large', instances: 1, vcpus: 8, ramGB: 16, diskGB: 80 },
      { flavor: 'small', instances: 3, vcpus: 3, ramGB: 6, diskGB: 30 },
    ]);
  });

  it('keeps flavors of unknown size, last', () => {
    const counts = [
      { name: 'gone', instances: 9 },
      { name: 'small', instances: 1 },
    ];
    expect(consumersOf(counts, sizeOf).map(({ flavor }) => flavor)).toEqual(['small', 'gone']);
  });

  it('counts instances by flavor', () => {
    expect(countByFlavor([{ flavor: 'a' }, { flavor: 'b' }, { flavor: 'a' }])).toEqual([
      { name: 'a', instances: 2 },
      { name: 'b', instances: 1 },
    ]);
  });
});
