import type { Request } from 'express';
import type { HttpResult } from '../../platform/http/responses/http-result';
import { newId } from '../../platform/values/uuid';
import { fingerprintOf, formerFingerprintOf } from './request-fingerprint';
import { ValidationFailedError } from '../../platform/errors/service.errors';

/** Lets a client repeat a request safely: the change is made once, and repeats get the same response. */
export interface IdempotencyKey {
  readonly key: string;
  /** Fingerprint of the request; the same key must not be used for a different one. */
  readonly requestHash: string;
  /** The same in the format of earlier versions, whose keys are kept for a day. */
  readonly formerRequestHash: string;
  /** Distinguishes this request from others with the same key. */
  readonly attempt: string;
  /** The response to store with the change; absent if it depends on the outcome of the operation. */
  readonly headOf?: HeadOf;
}

/** Status and headers of the response to a change; entity tag and body come from the changed row. */
export type HeadOf = (made: Made) => Omit<HttpResult, 'body'>;

/** The ids that a change created; null if it created nothing or several resources. */
export interface Made {
  readonly operationId: string | null;
  readonly resourceId: string | null;
}

/** Name of the header, in lower case as in Node.js. */
export const IDEMPOTENCY_KEY = 'idempotency-key';
const KEY = /^[\x20-\x7e]{1,255}$/;

/**
 * The key of a request, or null.
 * @throws {ValidationFailedError} unless it is 1 to 255 printable ASCII characters.
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
