export { ApiIdempotencyKeyHeader } from './api-idempotency-key-header.decorator';
export { keyOf } from './idempotency-key';
export type { HeadOf, IdempotencyKey } from './idempotency-key';
export { IDEMPOTENCY_ERRORS, IdempotencyKeyInUseError } from './idempotency.errors';
export { IdempotencyModule } from './idempotency.module';
export type { EarlierRequest } from './idempotency.repository';
export { IdempotentRequests } from './idempotent-requests';
export { NoIdempotencyKeyGuard } from './no-idempotency-key.guard';
export { OPERATORS, keyRecordParameter, recordKey, toKeyRecord } from './key-record';
