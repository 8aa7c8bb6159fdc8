export { operationPath, OPERATION_TYPES } from './operation';
export type { ClaimedOperation, Failure, Operation, OperationStatus, OperationType } from './operation';
export { OperationHandler } from './operation-handler.port';
export type { RecordOutcome } from './operation-handler.port';
export { OperationSignals } from './operation-signals';
export { OperationWaiter } from './operation-waiter';
export { OperationsModule } from './operations.module';
export { OperationsQueue } from './operations.queue';
export { OperationsService } from './operations.service';
