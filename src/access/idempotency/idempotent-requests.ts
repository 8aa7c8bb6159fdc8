import { Injectable } from '@nestjs/common';
import type { HttpResult } from '../../platform/http/responses/http-result';
import { RowAllowance } from '../../platform/async/row-allowance';
import { IdempotencyConfig } from './idempotency.config';
import type { IdempotencyKey } from './idempotency-key';
import { IdempotencyKeyReusedError, TooManyIdempotencyKeysError } from './idempotency.errors';
import { BYTES_OF_KEY, IdempotencyRepository, type EarlierRequest } from './idempotency.repository';

export interface KeyedRequest {
  readonly tenantId: string;
  readonly key: IdempotencyKey | null;
  /** Makes the change and stores the key in the same statement. */
  readonly make: () => Promise<HttpResult>;
  /** Response for an operation whose request stored no response; absent if the change starts no operation. */
  readonly resume?: (earlier: EarlierRequest) => Promise<HttpResult>;
  /** Called before `resume` and before a replay, so that their errors are marked as replayed, too. */
  readonly replaying: () => void;
  /** False if the change does not store the complete response; then it is stored after `make`. */
  readonly isKeptByChange?: boolean;
}

/**
 * Makes the change of a keyed request once, even if the request is repeated, sent to several replicas, or interrupted
 * by a crash. The guarantee comes from the row written in the statement of the change; this class only looks it up. A
 * refusal that changed nothing stores no key, so a repeat is evaluated again.
 */
@Injectable()
export class IdempotentRequests {
  private readonly allowance: RowAllowance;

  constructor(
    private readonly config: IdempotencyConfig,
    private readonly requests: IdempotencyRepository,
  ) {
    const { maxKeys, retentionMs } = config;
    this.allowance = new RowAllowance({
      limit: maxKeys,
      count: (tenantId, atMost) => requests.count(tenantId, { atMost, retentionMs }),
      refusal: () => new TooManyIdempotencyKeysError(maxKeys),
    });
  }

  /**
   * @throws {IdempotencyKeyReusedError | IdempotencyKeyInUseError | TooManyIdempotencyKeysError} and what `make` or
   * `resume` throw.
   */
  async answer(request: KeyedRequest): Promise<HttpResult> {
    const { tenantId, key, make } = request;
    if (key === null) return make();
    const earlier = await this.find(tenantId, key);
    if (earlier) return this.replay(request, earlier);
    let answer: HttpResult;
    try {
      answer = await this.allowance.add(tenantId, { rows: 1, write: make, written: keysOf });
    } catch (error) {
      // A concurrent duplicate may have changed the state this request relied on, taken the key, or used the last one.
      const duplicate = await this.find(tenantId, key);
      if (!duplicate || duplicate.attempt === key.attempt) throw error;
      return this.replay(request, duplicate);
    }
    if (request.isKeptByChange === false) await this.requests.answer(tenantId, key, answer);
    return answer;
  }

  private async find(
    tenantId: string,
    { key, requestHash, formerRequestHash }: IdempotencyKey,
  ): Promise<EarlierRequest | undefined> {
    const earlier = await this.requests.find(tenantId, key, this.config.retentionMs);
    const isSame = earlier?.requestHash === requestHash || earlier?.requestHash === formerRequestHash;
    if (earlier && !isSame) throw new IdempotencyKeyReusedError();
    return earlier;
  }

  private async replay({ resume, replaying }: KeyedRequest, earlier: EarlierRequest): Promise<HttpResult> {
    replaying();
    if (earlier.answer) return earlier.answer;
    if (!resume) throw new Error('a change without an operation must store its response');
    return resume(earlier);
  }
}

/** How many keys a response counts as. */
function keysOf({ body }: HttpResult): number {
  return 1 + Math.floor((body?.length ?? 0) / BYTES_OF_KEY);
}
