import { idRangesOf } from './id-part';

const ID = '01a226ac-a1ed-7694-ae19-79d35be2a41a';

describe('idRangesOf', () => {
  it('contains the IDs that begin with the part', () => {
    const [first, last] = idRangesOf('01A226AC-A1').start;
    expect([first, last]).toEqual([
      '01a226ac-a100-0000-0000-000000000000',
      '01a226ac-a1ff-ffff-ffff-ffffffffffff',
    ]);
    expect(idRangesOf(ID).start).toEqual([ID, ID]);
  });

  it.each(['01a226a', '01a226aca', '-1a226ac', '01a226ac--'])(
    'contains no IDs that begin with %s',
    (part) => {
      const [first, last] = idRangesOf(part).start;
      expect(first > last).toBe(true);
    },
  );

  it('contains the reversed IDs that end with the part', () => {
    const [from, before] = idRangesOf('5BE2A41A').reversedEnd;
    const reversed = (id: string): string => Array.from(id).reverse().join('');
    expect(from <= reversed(ID) && reversed(ID) < before).toBe(true);
    expect(reversed(ID.replace('5b', '4b')) < before && from <= reversed(ID.replace('5b', '4b'))).toBe(false);
  });
});
