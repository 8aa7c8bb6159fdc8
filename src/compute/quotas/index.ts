export { QUOTA_ERRORS } from './quota.errors';
export { release, limitsParameter, LOCK_USAGE, reserve } from './usage.sql';
export { QuotasModule } from './quotas.module';
export { QuotasService } from './quotas.service';
export type { QuotaForecast, ResourceRequest } from './quotas.service';
export { QuotaForecastDto } from './api/quota-forecast.dto';
