import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';
const NEW_BYTES = 32;
const MIN_BYTES = 24;
const MAX_BYTES = 64;

export function newSecret(): string {
  return PREFIX + randomBytes(NEW_BYTES).toString('base64');
}

/** Whether a text is a secret of Standard Webhooks: `whsec_` and 24 to 64 bytes in base64. */
export function isSecret(text: string): boolean {
  const bytes = keyOf(text);
  if (bytes.length < MIN_BYTES || bytes.length > MAX_BYTES) return false;
  return text === PREFIX + bytes.toString('base64');
}

/** The headers of a signed message, by Standard Webhooks 1.0.0. */
export function signedHeaders(
  secret: string,
  { id, body }: { readonly id: string; readonly body: string },
  unixSeconds: number,
): Readonly<Record<string, string>> {
  const signature = createHmac('sha256', keyOf(secret))
    .update(`${id}.${unixSeconds}.${body}`)
    .digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(unixSeconds),
    'webhook-signature': `v1,${signature}`,
  };
}

function keyOf(secret: string): Buffer {
  return Buffer.from(secret.slice(PREFIX.length), 'base64');
}
