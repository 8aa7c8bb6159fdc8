export { Reconciler } from './reconciler';
export { ReconcilerModule } from './reconciler.module';
