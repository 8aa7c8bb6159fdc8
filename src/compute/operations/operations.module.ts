import { Module } from '@nestjs/common';
import { OperationHandlers } from './operation-handlers';
import { OperationSignals } from './operation-signals';
import { OperationWaiter } from './operation-waiter';
import { OperationsController } from './api/operations.controller';
import { OperationsQueue } from './store/operations.queue';
import { OperationsRepository } from './store/operations.repository';
import { OperationsService } from './operations.service';
import { PendingOperations } from './pending-operations';
import { ProgressReports } from './progress-reports';

@Module({
  controllers: [OperationsController],
  providers: [
    OperationsService,
    OperationsRepository,
    OperationsQueue,
    OperationHandlers,
    OperationSignals,
    OperationWaiter,
    PendingOperations,
    ProgressReports,
  ],
  exports: [
    OperationsQueue,
    OperationsService,
    OperationHandlers,
    OperationSignals,
    OperationWaiter,
    PendingOperations,
    ProgressReports,
  ],
})
export class OperationsModule {}
