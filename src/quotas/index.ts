export { giveShareBack, limitsParameter, LOCK_SHARE, takeShares } from './ledger.sql';
export { QuotasModule } from './quotas.module';
export { QuotasService } from './quotas.service';
export type { QuotaForecast, ResourceRequest } from './quotas.service';
export { QuotaForecastDto } from './dto/quota-forecast.dto';
