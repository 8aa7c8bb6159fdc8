import { describe, expect, it } from '@jest/globals';
import { confirmationOf } from './confirmation';

const id = '019342d0-3f79-7d02-8b1a-77c3a0e5f2a4';

describe('confirmation of a loss', () => {
  it.each(['web-1', 'My server (old)', 'größe', '服务器'])('is the name %s', (name) => {
    expect(confirmationOf({ id, name })).toBe(name);
  });

  it.each([['x'.repeat(61)], [' web'], ['we\u202eb'], ['a\tb'], ['']])(
    'is the ID if the name is %j',
    (name) => {
      expect(confirmationOf({ id, name })).toBe(id);
    },
  );
});
