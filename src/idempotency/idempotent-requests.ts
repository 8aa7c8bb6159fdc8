import { Injectable } from '@nestjs/common';
import type { Answer } from '../common/http/answer';
import { RowAllowance } from '../common/row-allowance';
import { AppConfig } from '../config';
import type { IdempotencyKey } from './idempotency-key';
import { IdempotencyKeyReusedError, TooManyIdempotencyKeysError } from './idempotency.errors';
import { BYTES_OF_KEY, IdempotencyRepository, type EarlierRequest } from './idempotency.repository';

export interface KeyedRequest {
  readonly tenantId: string;
  readonly key: IdempotencyKey | null;
  /** Does what was asked for, and writes the key down in the statement of its change. */
  readonly make: () => Promise<Answer>;
  /** The answer to what an earlier request began, and whose end nobody has waited for; absent where there is no such thing. */
  readonly resume?: (earlier: EarlierRequest) => Promise<Answer>;
  /** Told before `resume` and before a replay, so that an error of theirs is known for a replay as well. */
  readonly replaying: () => void;
  /** Whether the change itself has kept the whole answer, as it has where nothing can be resumed. */
  readonly isKeptByChange?: boolean;
}

/**
 * Answers a request once, however often, at however many replicas and after whatever crash it is
 * repeated with its key. What makes that true is the row that is written in the statement of the
 * change: here it is only looked for. A refusal that changed nothing keeps no key: repeating it asks anew.
 */
@Injectable()
export class IdempotentRequests {
  private readonly allowance: RowAllowance;

  constructor(
    private readonly config: AppConfig,
    private readonly requests: IdempotencyRepository,
  ) {
    const { maxKeys, retentionMs } = config.idempotency;
    this.allowance = new RowAllowance({
      limit: maxKeys,
      count: (tenantId, atMost) => requests.count(tenantId, { atMost, retentionMs }),
      refusal: () => new TooManyIdempotencyKeysError(maxKeys),
    });
  }

  /** @throws {IdempotencyKeyReusedError | IdempotencyKeyInUseError | TooManyIdempotencyKeysError} and what `make` or `resume` throw. */
  async answer(request: KeyedRequest): Promise<Answer> {
    const { tenantId, key, make } = request;
    if (key === null) return make();
    const earlier = await this.find(tenantId, key);
    if (earlier) return this.replay(request, earlier);
    let answer: Answer;
    try {
      answer = await this.allowance.add(tenantId, { rows: 1, write: make, written: keysOf });
    } catch (error) {
      // A twin that was faster has changed what this one was decided on, holds the key, or used the last one.
      const twin = await this.find(tenantId, key);
      if (!twin || twin.attempt === key.attempt) throw error;
      return this.replay(request, twin);
    }
    if (request.isKeptByChange === false) await this.requests.answer(tenantId, key, answer);
    return answer;
  }

  private async find(
    tenantId: string,
    { key, requestHash, formerRequestHash }: IdempotencyKey,
  ): Promise<EarlierRequest | undefined> {
    const earlier = await this.requests.find(tenantId, key, this.config.idempotency.retentionMs);
    const isSame = earlier?.requestHash === requestHash || earlier?.requestHash === formerRequestHash;
    if (earlier && !isSame) throw new IdempotencyKeyReusedError();
    return earlier;
  }

  private async replay({ resume, replaying }: KeyedRequest, earlier: EarlierRequest): Promise<Answer> {
    replaying();
    if (earlier.answer) return earlier.answer;
    if (!resume) throw new Error('a change without an operation keeps its answer');
    return resume(earlier);
  }
}

/** How many keys an answer counts as. */
function keysOf({ body }: Answer): number {
  return 1 + Math.floor((body?.length ?? 0) / BYTES_OF_KEY);
}
