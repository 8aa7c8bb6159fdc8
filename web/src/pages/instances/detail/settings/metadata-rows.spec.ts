import { describe, expect, it } from '@jest/globals';
import { texts } from '../../../../texts';
import { changesOf, keyError, rowsOf, withNewRow } from './metadata-rows';

const t = texts.instance.settings;

describe('edited metadata', () => {
  it('becomes only what has changed', () => {
    const rows = rowsOf({ a: '1', b: '2', c: '3' })
      .filter(({ key }) => key !== 'b')
      .map((row) => (row.key === 'c' ? { ...row, value: '4' } : row));
    expect(changesOf({ a: '1', b: '2', c: '3' }, rows)).toEqual({ b: null, c: '4' });
    expect(changesOf({ a: '1' }, rowsOf({ a: '1' }))).toEqual({});
  });

  it('removes the former key of a renamed pair', () => {
    const rows = rowsOf({ a: '1' }).map((row) => ({ ...row, key: 'b' }));
    expect(changesOf({ a: '1' }, rows)).toEqual({ a: null, b: '1' });
  });

  it('can have keys that objects have', () => {
    const rows = [{ number: 0, key: 'constructor', value: 'x' }];
    expect(Object.entries(changesOf({}, rows))).toEqual([['constructor', 'x']]);
  });

  it('needs a key of its own for each pair', () => {
    const rows = [...withNewRow(rowsOf({ a: '1' })), { number: 5, key: 'a', value: '2' }];
    expect(rows.map((row) => keyError(row, rows))).toEqual([undefined, t.emptyKey, t.duplicateKey]);
  });

  it('has another number for each new row', () => {
    expect(withNewRow(withNewRow([])).map(({ number }) => number)).toEqual([0, 1]);
  });
});
