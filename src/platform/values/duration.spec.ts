import { secondsOf } from './duration';

describe('secondsOf', () => {
  it.each([
    ['PT0S', 0],
    ['PT24H', 86_400],
    ['P1D', 86_400],
    ['P2W', 1_209_600],
    ['P1DT1H1M1S', 90_061],
    ['PT90M', 5400],
  ])('adds up the parts of %s', (duration, seconds) => {
    expect(secondsOf(duration)).toBe(seconds);
  });

  it.each([
    ...['', 'P', 'PT', 'P1DT', '24h', 'T24H', 'PT24', 'P1M', 'P1Y', 'PT1.5H', '-PT1H', 'PT-1H', 'pt24h'],
    ...[' PT24H', 'PT24H\n', 'PT1S1H', 'P1D1W', 'PT1234567890S'],
  ])('is undefined for %j', (text) => {
    expect(secondsOf(text)).toBeUndefined();
  });
});
