export { callerOf, CurrentCaller } from './caller';
export type { Caller } from './caller';
export { Operator, Public } from './access.decorator';
export {
  ApiTenant,
  describeSecurity,
  OPERATOR_SCHEME,
  schemesInUse,
  TENANT_SCHEME,
} from './api-security.decorator';
export { TenancyModule } from './tenancy.module';
export { Authentication, isTenant } from './authentication';
export { InvalidTenantError, OperatorRequiredError, TENANCY_ERRORS } from './tenancy.errors';
