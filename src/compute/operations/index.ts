export type { CappedGroup, ClaimPool } from './claims';
export {
  claimGroupOf,
  isBackground,
  LONGEST_DELAY_MS,
  operationPath,
  OPERATION_TYPES,
  PERSISTENT,
  storable,
  toFailure,
} from './operation';
export type { ClaimedOperation, ClaimGroup, Failure, Operation, OperationType } from './operation';
export {
  OPERATION_ERRORS,
  OperationLostError,
  OperationSupersededError,
  WaitTimeoutError,
} from './operation.errors';
export { OperationHandler } from './operation-handler.port';
export type { Outcome } from './operation-handler.port';
export { OperationSignals } from './operation-signals';
export { OperationWaiter } from './operation-waiter';
export { OperationsModule } from './operations.module';
export { OperationsQueue } from './operations.queue';
export type { Postponement, QueueStatistics } from './operations.queue';
export { OperationsService } from './operations.service';
export { PendingOperations } from './pending-operations';
export { ProgressReports } from './progress-reports';
