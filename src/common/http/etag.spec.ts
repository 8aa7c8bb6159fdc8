import { etagOf, matchesNone, versionsOf } from './etag';

describe('entity tags', () => {
  it.each([
    ['"2"', true],
    ['W/"2"', true],
    ['"1", "2"', true],
    ['*', true],
    ['"3"', false],
    ['2', false],
    [undefined, false],
  ])('If-None-Match %s knows version 2: %s', (header, expected) => {
    expect(matchesNone(header, 2)).toBe(expected);
  });

  it.each([
    ['"2"', [2]],
    ['"2", "5"', [2, 5]],
    ['W/"2"', []],
    ['2', []],
    ['"99999999999"', []],
    ['', []],
    ['*', undefined],
    [undefined, undefined],
  ])('If-Match %s accepts the versions %s', (header, expected) => {
    expect(versionsOf(header)).toEqual(expected);
  });

  it('reads what it wrote', () => {
    expect(versionsOf(etagOf(7))).toEqual([7]);
  });
});
