export { Public } from './public.decorator';
export { TenancyModule } from './tenancy.module';
export { Tenant } from './tenant.decorator';
export { tenantOf } from './tenant.guard';
export { ApiTenant, TENANT_SCHEME } from './api-tenant.decorator';
