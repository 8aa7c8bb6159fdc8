export { Metrics } from './metrics';
export type { ReconcileOutcome } from './metrics';
export { MetricsModule } from './metrics.module';
