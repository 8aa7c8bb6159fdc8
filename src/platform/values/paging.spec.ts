import fc from 'fast-check';
import { firstIdOf, newId } from './uuid';
import { fromKeyToken, fromPageToken, toKeyToken, toPageToken } from './paging';
import { InvalidPageTokenError } from '../errors/service.errors';

describe('page tokens', () => {
  it('decode to the id that they were created from', () => {
    fc.assert(fc.property(fc.uuid(), (id) => expect(fromPageToken(toPageToken(id))).toBe(id)));
  });

  it('are rejected if they are anything else', () => {
    const other = fc.string({ maxLength: 64 });
    fc.assert(fc.property(other, (text) => expect(() => fromPageToken(text)).toThrow(InvalidPageTokenError)));
  });
});

describe('page tokens of lists ordered by name', () => {
  const isName = (value: string): boolean => /^[a-z:.]{1,128}$/.test(value);

  it('decode to the name that they were created from', () => {
    const name = fc.stringMatching(/^[a-z:.]{1,128}$/);
    fc.assert(fc.property(name, (text) => expect(fromKeyToken(toKeyToken(text), isName)).toBe(text)));
  });

  it.each(['', 'YQ==', 'YR', toKeyToken('A'), toKeyToken('a\0'), '/w'])('reject %j', (token) => {
    expect(() => fromKeyToken(token, isName)).toThrow(InvalidPageTokenError);
  });
});

describe('ids', () => {
  it('sort by creation time', () => {
    const ids = Array.from({ length: 1000 }, () => newId());
    expect([...ids].sort()).toEqual(ids);
  });

  it('can be compared with a time', () => {
    const before = firstIdOf(Date.now() - 1);
    const id = newId();
    expect(before < id).toBe(true);
    expect(id < firstIdOf(Date.now() + 1)).toBe(true);
  });
});
