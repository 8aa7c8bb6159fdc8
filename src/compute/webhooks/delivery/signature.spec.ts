import { Webhook as Verifier } from 'standardwebhooks';
import fc from 'fast-check';
import { isSecret, newSecret, signedHeaders } from './signature';

describe('a signature', () => {
  it('is accepted by the library of Standard Webhooks, for the signed message only', () => {
    const secrets = fc.uint8Array({ minLength: 24, maxLength: 64 });
    fc.assert(
      fc.property(secrets, fc.json(), fc.uuid(), (bytes, body, id) => {
        const secret = `whsec_${Buffer.from(bytes).toString('base64')}`;
        const headers = signedHeaders(secret, { id, body }, Math.floor(Date.now() / 1000));
        const verifier = new Verifier(secret);
        expect(() => verifier.verify(body, headers)).not.toThrow();
        expect(() => verifier.verify(`${body} `, headers)).toThrow();
        expect(() => verifier.verify(body, { ...headers, 'webhook-id': 'other' })).toThrow();
      }),
    );
  });
});

describe('a secret', () => {
  it('is different each time', () => {
    const secrets = Array.from({ length: 100 }, newSecret);
    expect(new Set(secrets).size).toBe(100);
    expect(secrets.every(isSecret)).toBe(true);
  });

  it.each([
    '',
    'whsec_',
    Buffer.alloc(32).toString('base64'),
    `whsec_${Buffer.alloc(23).toString('base64')}`,
    `whsec_${Buffer.alloc(65).toString('base64')}`,
    `whsec_${Buffer.alloc(32, 255).toString('base64url')}`,
    `whsec_${Buffer.alloc(32).toString('base64')}\n`,
    `WHSEC_${Buffer.alloc(32).toString('base64')}`,
  ])('is not %j', (text) => expect(isSecret(text)).toBe(false));
});
