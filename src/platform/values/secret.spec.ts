import { inspect } from 'node:util';
import { Secret } from './secret';

describe('a secret', () => {
  const secret = new Secret('correct horse');

  it.each(['', 'correct', 'correct horse ', 'Correct horse', 'correct horse battery'])(
    'does not equal %j',
    (guess) => {
      expect(secret.equals(guess)).toBe(false);
    },
  );

  it('equals its value', () => {
    expect(secret.equals('correct horse')).toBe(true);
  });

  it('is redacted in every dump', () => {
    const holder = { auth: { token: secret } };
    for (const dump of [JSON.stringify(holder), inspect(holder, { depth: null, showHidden: true })])
      expect(dump).not.toContain('horse');
    expect(JSON.stringify(holder)).toBe('{"auth":{"token":"[redacted]"}}');
  });
});
