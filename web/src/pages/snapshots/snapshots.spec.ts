import { describe, expect, it } from '@jest/globals';
import { sizeOf, toLocalInput } from './format';
import { metadataChanges, pairsOf } from './metadata';
import { parseSnapshotSearch } from './search';

describe('search of snapshots', () => {
  it('keeps filters and pages', () => {
    const search = { status: 'error', name: 'nightly', pages: ['a', 'b'] };
    expect(parseSnapshotSearch(search)).toEqual(search);
  });

  it('ignores what it does not know', () => {
    expect(parseSnapshotSearch({ status: 'lost', name: { a: 1 }, pages: 'a', other: 1 })).toEqual({});
  });

  it('takes a name of digits for text', () => {
    expect(parseSnapshotSearch({ name: 42 })).toEqual({ name: '42' });
  });
});

describe('changes of metadata', () => {
  it('has only what changes, and null for removed keys', () => {
    const before = { keep: '1', change: '1', drop: '1' };
    const pairs = [
      { id: 0, key: 'keep', value: '1' },
      { id: 1, key: 'change', value: '2' },
      { id: 2, key: 'add', value: '3' },
      { id: 3, key: '', value: 'ignored' },
    ];
    expect(metadataChanges(before, pairs)).toEqual({ change: '2', add: '3', drop: null });
  });

  it('is undefined without changes', () => {
    const metadata = { a: '1' };
    expect(metadataChanges(metadata, pairsOf(metadata))).toBeUndefined();
  });

  it('treats hostile keys like others', () => {
    const changes = metadataChanges({}, [{ id: 0, key: '__proto__', value: 'x' }]);
    expect(Object.entries(changes ?? {})).toEqual([['__proto__', 'x']]);
    expect(metadataChanges({}, [{ id: 0, key: 'constructor', value: 'x' }])).toEqual({ constructor: 'x' });
  });
});

describe('formats', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [734_003_200, '734 MB'],
    [999_999, '1 MB'],
    [1_500_000_000, '1.5 GB'],
  ])('writes %d bytes as %s', (bytes, text) => {
    expect(sizeOf(bytes)).toBe(text);
  });

  it('writes a time for an input', () => {
    expect(toLocalInput(new Date(2027, 0, 5, 7, 3))).toBe('2027-01-05T07:03');
  });
});
