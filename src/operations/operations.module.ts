import { Module } from '@nestjs/common';
import { OperationSignals } from './operation-signals';
import { OperationWaiter } from './operation-waiter';
import { OperationsController } from './operations.controller';
import { OperationsQueue } from './operations.queue';
import { OperationsRepository } from './operations.repository';
import { OperationsService } from './operations.service';

@Module({
  controllers: [OperationsController],
  providers: [OperationsService, OperationsRepository, OperationsQueue, OperationSignals, OperationWaiter],
  exports: [OperationsQueue, OperationsService, OperationSignals, OperationWaiter],
})
export class OperationsModule {}
