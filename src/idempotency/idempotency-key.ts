import type { Request } from 'express';
import { newId } from '../common/uuid';
import { ValidationFailedError } from '../common/validation/shape.pipe';
import { fingerprintOf, formerFingerprintOf } from './request-fingerprint';

/** By which a client says that several requests are one: the change is made once, and all get its answer. */
export interface IdempotencyKey {
  readonly key: string;
  /** Fingerprint of what is asked for: the same key must not stand for something else. */
  readonly requestHash: string;
  /** The fingerprint that earlier versions stored for this request; keys of theirs are kept for a day. */
  readonly formerRequestHash: string;
  /** This request among those with the key. */
  readonly attempt: string;
}

/** Name of the header, as Node.js writes it. */
export const IDEMPOTENCY_KEY = 'idempotency-key';
const KEY = /^[\x20-\x7e]{1,255}$/;

/**
 * The key of a request; null where it has none.
 * @throws {ValidationFailedError} where it is no text of 1 to 255 printable ASCII characters.
 */
export function keyOf(request: Request): IdempotencyKey | null {
  const key = request.headers[IDEMPOTENCY_KEY];
  if (key === undefined) return null;
  if (typeof key !== 'string' || !KEY.test(key)) {
    throw new ValidationFailedError([
      { field: 'Idempotency-Key', message: 'Idempotency-Key must be 1 to 255 printable ASCII characters' },
    ]);
  }
  const requestHash = fingerprintOf(request);
  return { key, requestHash, formerRequestHash: formerFingerprintOf(request), attempt: newId() };
}
