export { QUOTA_ERRORS } from './quota.errors';
export { allocate, endAllocation, hasAllocation } from './allocations.sql';
export { RETENTION_OF_I } from './quota.row';
export { release, limitsParameter, LOCK_USAGE, reserve, reserveMore, transferUsage } from './usage.sql';
export {
  lockSnapshotUsage,
  releaseSnapshot,
  releaseSnapshotSpace,
  reserveSnapshot,
  snapshotLimitsParameter,
} from './snapshots.sql';
export { QuotasModule } from './quotas.module';
export { QuotasService } from './quotas.service';
export type { QuotaForecast, ResourceRequest } from './quotas.service';
export { QuotaForecastDto } from './api/quota-forecast.dto';
