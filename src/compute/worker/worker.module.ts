import { Module } from '@nestjs/common';
import { EventsModule } from '../events';
import { HostsModule } from '../hosts';
import { InstancesModule } from '../instances';
import { OperationsModule } from '../operations';
import { HistorySweeper } from './history-sweeper';
import { OperationsWorker } from './operations.worker';

/** Background work: runs operations and removes old history. */
@Module({
  imports: [EventsModule, HostsModule, OperationsModule, InstancesModule],
  providers: [OperationsWorker, HistorySweeper],
  exports: [OperationsWorker],
})
export class WorkerModule {}
