import { describe, expect, it } from '@jest/globals';
import { filterOf, hasFilter, parseSearch, withFilter } from './search';

describe('the address of the list of instances', () => {
  it('ignores unknown and malformed filters', () => {
    const search = parseSearch({ status: 'nonsense', type: 7, name: '', metadata: ['=x', 5], other: 'x' });
    expect(search).toEqual({});
    expect(hasFilter(search)).toBe(false);
  });

  it('accepts numbers, which the router parses out of an address', () => {
    expect(parseSearch({ name: 123 })).toEqual({ name: '123' });
  });

  it('splits metadata at the first equals sign', () => {
    expect(filterOf(parseSearch({ metadata: 'query=a=b' }))).toEqual({ metadata: { query: 'a=b' } });
  });

  it('returns to the first page when a filter changes', () => {
    const search = parseSearch({ status: 'running', pages: ['one', 'two'] });
    expect(withFilter(search, { status: 'stopped' })).toEqual({ status: 'stopped' });
  });
});
