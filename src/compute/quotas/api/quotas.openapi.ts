import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import { ApiProblems, BODY } from '../../../platform/http/requests/api-problems.decorator';
import { DATABASE_ERRORS } from '../../../platform/database';
import { HTTP_ERRORS } from '../../../platform/http/http.errors';
import { IDEMPOTENCY_ERRORS } from '../../../access/idempotency';
import { TENANCY_ERRORS } from '../../../access/tenancy';
import { CapacityDto } from './capacity.dto';
import { QUOTA_ERRORS } from '../quota.errors';
import { QuotaDto, SetQuotaDto } from './quota.dto';
import { TenantListDto } from './tenants.dto';
import { SERVICE_ERRORS } from '../../../platform/errors/service.errors';

const LIMITS = {
  some: { summary: 'Ten instances, unlimited memory', value: { instances: 10, ramGB: -1 } },
  retention: { summary: 'Retain deleted instances for a week', value: { retainDeleted: 'P7D' } },
  reset: { summary: 'Back to the configured default', value: { instances: null } },
};

type Decorator = MethodDecorator;

const ApiTenantId = (): Decorator =>
  ApiParam({ name: 'tenantId', example: 'tenant-a', description: 'The tenant' });

export const ApiGetQuota = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'getQuota',
      summary: "Get the tenant's limits and usage",
      description: 'A request beyond a limit is refused with `quota_exceeded`.',
    }),
    ApiOkResponse({ type: QuotaDto }),
    ApiProblems(TENANCY_ERRORS.invalid_tenant, DATABASE_ERRORS.database_unavailable),
  );

export const ApiGetQuotaOf = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'getQuotaOf',
      summary: 'Get the limits and usage of a tenant (operator)',
      description: 'A tenant without limits of its own has the configured defaults.',
    }),
    ApiTenantId(),
    ApiOkResponse({ type: QuotaDto }),
    ApiProblems(
      HTTP_ERRORS.malformed_url,
      TENANCY_ERRORS.invalid_tenant,
      TENANCY_ERRORS.operator_required,
      DATABASE_ERRORS.database_unavailable,
    ),
  );

export const ApiSetQuota = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'setQuota',
      summary: 'Set the limits of a tenant, and how long its deleted instances are retained (operator)',
      description: 'Usage beyond a new limit stays, but cannot grow.',
    }),
    ApiTenantId(),
    ApiBody({ type: SetQuotaDto, examples: LIMITS }),
    ApiOkResponse({ type: QuotaDto }),
    ApiProblems(
      ...BODY,
      QUOTA_ERRORS.retention_too_long,
      HTTP_ERRORS.malformed_url,
      TENANCY_ERRORS.invalid_tenant,
      TENANCY_ERRORS.operator_required,
      HTTP_ERRORS.dry_run_unsupported,
      IDEMPOTENCY_ERRORS.idempotency_key_unsupported,
      HTTP_ERRORS.precondition_unsupported,
      DATABASE_ERRORS.database_unavailable,
    ),
  );

export const ApiGetCapacity = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'getCapacity',
      summary: 'Get allocated and free capacity',
      description: 'A tenant sees its own allocation. Operators see that of all tenants, and the drivers.',
    }),
    ApiOkResponse({ type: CapacityDto }),
    ApiProblems(TENANCY_ERRORS.invalid_tenant, DATABASE_ERRORS.database_unavailable),
  );

export const ApiListTenants = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'listTenants',
      summary: 'List the tenants with their limits and usage (operator)',
      description: 'Tenants that ever had an instance or have limits of their own, ordered by ID.',
    }),
    ApiOkResponse({
      type: TenantListDto,
      headers: {
        Link: {
          description: 'The next page',
          schema: { type: 'string', example: '</api/v1/compute/tenants?pageToken=…>; rel="next"' },
        },
      },
    }),
    ApiProblems(
      SERVICE_ERRORS.validation_failed,
      SERVICE_ERRORS.invalid_page_token,
      DATABASE_ERRORS.too_many_lists,
      DATABASE_ERRORS.database_unavailable,
    ),
  );
