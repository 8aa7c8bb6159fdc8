import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, type ApiQueryOptions } from '@nestjs/swagger';
import { ApiProblems } from '../../../platform/http/requests/api-problems.decorator';
import { INSTANCE_TYPES } from '../../../drivers/port/instance-type';
import { LIMIT_DESCRIPTION } from '../../../platform/http/validation/paging.dto';
import { DATABASE_ERRORS } from '../../../platform/database';
import { HTTP_ERRORS } from '../../../platform/http/http.errors';
import { TENANCY_ERRORS } from '../../../access/tenancy';
import { InstanceListDto } from './dto/instance.dto';
import { PLAIN_FIELDS } from '../fields';
import { INSTANCE_STATUSES } from '../instance';
import { text } from './shared.openapi';
import { SERVICE_ERRORS } from '../../../platform/errors/service.errors';
import { MAX_PAGE } from '../../../platform/values/paging';

type ParameterSchema = NonNullable<Extract<ApiQueryOptions, { schema?: unknown }>['schema']>;

const ApiFilter = (name: string, schema: ParameterSchema, description: string) =>
  ApiQuery({ name, required: false, schema, description });

/** Listed individually: for a class, Nest would lose the enumerations. */
const ApiFilters = () =>
  applyDecorators(
    ApiFilter(
      'limit',
      { type: 'integer', minimum: 1, maximum: MAX_PAGE, default: MAX_PAGE },
      LIMIT_DESCRIPTION,
    ),
    ApiFilter('pageToken', { type: 'string' }, '`nextPageToken` of the previous page'),
    ApiFilter('status', { type: 'string', enum: [...INSTANCE_STATUSES] }, 'Status of the instances'),
    ApiFilter('type', { type: 'string', enum: [...INSTANCE_TYPES] }, 'Type of the instances'),
    ApiFilter('flavor', { type: 'string' }, 'Name of a flavor'),
    ApiFilter('name', { type: 'string' }, 'Exact name'),
    ...PLAIN_FIELDS.flatMap(({ name, kind, filter }) =>
      filter === null ? [] : [ApiFilter(name, { type: kind === 'flag' ? 'boolean' : 'string' }, filter)],
    ),
    ApiFilter(
      'id',
      { type: 'string', minLength: 4, maxLength: 36 },
      'Start (from 8 characters) or end (from 4) of the id. Ids start with the time of creation, so their ends differ more',
    ),
    ApiFilter(
      'deleted',
      { type: 'boolean', default: false },
      'The deleted instances that are retained, instead of the others',
    ),
    ApiFilter(
      'allTenants',
      { type: 'boolean' },
      'Operators: the instances of all tenants. Excludes `tenantId`',
    ),
    ApiFilter('tenantId', { type: 'string' }, 'Operators: the instances of this tenant'),
    ApiQuery({
      name: 'metadata',
      required: false,
      style: 'deepObject',
      explode: true,
      schema: { type: 'object', additionalProperties: { type: 'string' } },
      description: 'Required metadata pairs, each as `metadata[<key>]=<value>` or `metadata.<key>=<value>`',
    }),
  );

export const ApiListInstances = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'listInstances',
      summary: "List the tenant's instances, newest first",
      description:
        'A page also ends at 1 MiB. If there are more instances, `nextPageToken` and the `Link` header lead to the next page. ' +
        'With `allTenants` or `tenantId`, operators also list instances of other tenants.',
    }),
    ApiFilters(),
    ApiOkResponse({
      type: InstanceListDto,
      headers: {
        Link: text('The next page', '</api/v1/compute/instances?pageToken=…>; rel="next"'),
      },
    }),
    ApiProblems(
      SERVICE_ERRORS.validation_failed,
      SERVICE_ERRORS.invalid_page_token,
      TENANCY_ERRORS.invalid_tenant,
      TENANCY_ERRORS.operator_required,
      DATABASE_ERRORS.database_unavailable,
      DATABASE_ERRORS.too_many_lists,
      HTTP_ERRORS.too_many_unread_answers,
    ),
  );
