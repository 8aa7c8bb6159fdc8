export { OperationsWorker } from './operations.worker';
export { WorkerModule } from './worker.module';
