import { Module } from '@nestjs/common';
import { IdempotencyRepository } from './idempotency.repository';
import { IdempotencySweeper } from './idempotency.sweeper';
import { IdempotentRequests } from './idempotent-requests';

/** Safe repetition of requests with an `Idempotency-Key`. */
@Module({
  providers: [IdempotencyRepository, IdempotencySweeper, IdempotentRequests],
  exports: [IdempotentRequests],
})
export class IdempotencyModule {}
