export { Operator, Public } from './access.decorator';
export {
  ApiTenant,
  describeSecurity,
  OPERATOR_SCHEME,
  schemesInUse,
  TENANT_SCHEME,
} from './api-security.decorator';
export { IsOperator } from './is-operator.decorator';
export { TenancyModule } from './tenancy.module';
export { Tenant } from './tenant.decorator';
export { tenantOf } from './tenant.guard';
export { Authentication, isTenant } from './authentication';
export { InvalidTenantError, OperatorRequiredError, TENANCY_ERRORS } from './tenancy.errors';
