import { roundedMs } from './duration';

describe('roundedMs', () => {
  it.each([
    [0.04, 0],
    [0.25, 0.3],
    [12.3456, 12.3],
    [99.94, 99.9],
    [99.96, 100],
    [100.4, 100],
    [123.5, 124],
  ])('rounds %d to %d', (ms, rounded) => {
    expect(roundedMs(ms)).toBe(rounded);
  });
});
