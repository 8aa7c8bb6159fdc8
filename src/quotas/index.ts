export { giveShareBack, limitsParameter, LOCK_SHARE, takeShares } from './ledger.sql';
export { QuotasModule } from './quotas.module';
export { QuotasService } from './quotas.service';
export type { Outlook, Wish } from './quotas.service';
export { OutlookDto } from './dto/outlook.dto';
