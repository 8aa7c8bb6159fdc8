import { Module } from '@nestjs/common';
import { DriversModule } from '../../drivers';
import { EventsModule } from '../events';
import { InstancesModule } from '../instances';
import { OperationsModule } from '../operations';
import { HistorySweeper } from './history-sweeper';
import { OperationsWorker } from './operations.worker';

/** Background work: runs operations and removes old history. */
@Module({
  imports: [DriversModule, EventsModule, OperationsModule, InstancesModule],
  providers: [OperationsWorker, HistorySweeper],
  exports: [OperationsWorker],
})
export class WorkerModule {}
