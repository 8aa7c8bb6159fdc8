import { describe, expect, it } from '@jest/globals';
import { rowsOf } from './rows';

const flavor = (name: string) => ({ name, vcpus: 1, ramGB: 1, diskGB: 10, description: '' });
const share = (name: string, instances: number) => ({ name, instances, fits: { vm: 3, container: null } });

describe('rows of flavors', () => {
  it('shows retired flavors that instances still have, last', () => {
    const rows = rowsOf(
      [flavor('small'), flavor('medium')],
      [share('small', 1), share('medium', 0), share('old', 2)],
      (name) => ({ ...flavor(name), retired: true }),
    );
    expect(rows.map(({ name, isRetired, share: of }) => [name, isRetired, of?.instances])).toEqual([
      ['small', false, 1],
      ['medium', false, 0],
      ['old', true, 2],
    ]);
  });

  it('shows flavors before the capacity is known', () => {
    expect(rowsOf([flavor('small')], undefined, () => undefined)).toEqual([
      { name: 'small', flavor: flavor('small'), isRetired: false, share: undefined },
    ]);
  });
});
