export type { CappedGroup, ClaimPool } from './store/claims';
export { claimGroupOf, LONGEST_DELAY_MS, operationPath, storable, toFailure } from './operation';
export type { ClaimedOperation, ClaimGroup, Failure, Operation } from './operation';
export { OPERATION_TYPES, traitsOf } from './operation-types';
export type { OperationType } from './operation-types';
export {
  OPERATION_ERRORS,
  OperationLostError,
  OperationSupersededError,
  WaitTimeoutError,
} from './operation.errors';
export { OperationHandlers } from './operation-handlers';
export type { OperationHandler, Outcome } from './operation-handlers';
export { OperationSignals } from './operation-signals';
export { OperationWaiter } from './operation-waiter';
export { OperationsModule } from './operations.module';
export { OperationsQueue } from './store/operations.queue';
export type { Postponement, QueueStatistics } from './store/operations.queue';
export { OperationsService } from './operations.service';
export { PendingOperations } from './pending-operations';
export { ProgressReports } from './progress-reports';
export {
  END_SUCCEEDED,
  endFailed,
  FORGET_SECRETS,
  hasOpenOperation,
  insertOperation,
  IS_OPEN,
  isHeld,
  ofType,
  postpone,
  userOfSnapshot,
} from './store/operation.sql';
