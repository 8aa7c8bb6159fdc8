import { etagOf, matchesNone, preconditionOf } from './etag';
import { isMet } from '../../values/precondition';

const ANY = { accepted: null, excluded: [] };
const NONE = { accepted: [], excluded: [] };

describe('entity tags', () => {
  it.each([
    ['"2"', true],
    ['W/"2"', true],
    ['"1", "2"', true],
    ['*', true],
    ['"3"', false],
    ['2', false],
    [undefined, false],
  ])('If-None-Match %s of a read matches version 2: %s', (header, expected) => {
    expect(matchesNone(header, 2)).toBe(expected);
  });

  it.each([
    ['"2"', [2]],
    ['"2", "5"', [2, 5]],
    [',"2",, "5" ,', [2, 5]],
    ['"of,another", "5"', [5]],
    ['W/"2"', []],
    ['2', []],
    ['"2", 5', []],
    ['"2" "5"', []],
    ['"99999999999"', []],
    ['', []],
    [',', []],
    ['*, "2"', []],
    ['*', null],
    [undefined, null],
  ])('If-Match %s accepts the versions %j', (header, accepted) => {
    expect(preconditionOf({ 'if-match': header })).toEqual({ accepted, excluded: [] });
  });

  it.each([
    ['"2"', { accepted: null, excluded: [2] }],
    ['W/"2", "5"', { accepted: null, excluded: [2, 5] }],
    ['"of,another"', ANY],
    [undefined, ANY],
    ['*', NONE],
    ['2', NONE],
    ['', NONE],
  ])('If-None-Match %s of a write excludes %j', (header, expected) => {
    expect(preconditionOf({ 'if-none-match': header })).toEqual(expected);
  });

  it('enforces both preconditions together', () => {
    const precondition = preconditionOf({ 'if-match': '"1", "2"', 'if-none-match': '"2"' });
    expect(isMet(precondition, 1)).toBe(true);
    expect(isMet(precondition, 2)).toBe(false);
    expect(isMet(precondition, 3)).toBe(false);
    expect(preconditionOf({ 'if-match': '"1"', 'if-none-match': '*' })).toEqual(NONE);
  });

  it('parses long headers in linear time', () => {
    const started = performance.now();
    for (const part of [' ', ',', '"', 'W/', '"a" ', '"a" ,', '"a'])
      preconditionOf({ 'if-match': part.repeat(50_000), 'if-none-match': part.repeat(50_000) });
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('parses its own tags', () => {
    expect(preconditionOf({ 'if-match': etagOf(7) }).accepted).toEqual([7]);
  });
});
