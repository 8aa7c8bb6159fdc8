import { applyDecorators } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiResponse,
  getSchemaPath,
  type ApiQueryOptions,
} from '@nestjs/swagger';
import { ApiProblems } from '../common/http/api-problems.decorator';
import { Conditional } from '../common/http/precondition.guard';
import { INSTANCE_TYPES } from '../common/instance-type';
import { MAX_PAGE } from '../common/validation/paging.dto';
import { CreateInstanceDto } from './dto/create-instance.dto';
import { CreatedInstancesDto, InstanceDto, InstanceListDto } from './dto/instance.dto';
import { RehearsalDto } from './dto/rehearsal.dto';
import { UpdateInstanceDto } from './dto/update-instance.dto';
import { CREATIONS, UPDATES } from './instances.examples';
import { INSTANCE_STATUSES } from './instance';

const text = (description: string, example: string) => ({
  description,
  schema: { type: 'string' as const, example },
});

export const ETAG = { ETag: text('The version, for If-Match and If-None-Match', '"2"') };
export const OPERATION = {
  'Operation-Location': text(
    'The operation at work',
    '/api/v1/compute/operations/019342d0-3f7a-7c11-9a57-0c5f2d1b8e10',
  ),
};
export const APPLIED = {
  'Preference-Applied': text('The preference that was followed', 'wait=10'),
};
const LOCATION = {
  Location: text('The new instance', '/api/v1/compute/instances/019342d0-3f79-7d02-8b1a-77c3a0e5f2a4'),
};

export const ApiInstanceId = (): MethodDecorator =>
  ApiParam({ name: 'id', format: 'uuid', example: '019342d0-3f79-7d02-8b1a-77c3a0e5f2a4' });

/** No example: Swagger UI would send it with every request. */
const ApiTag = (name: string, description: string) =>
  ApiHeader({ name, required: false, description, schema: { type: 'string' } });

type Decorator = MethodDecorator;

export const ApiPreferWait = (): Decorator =>
  ApiTag(
    'Prefer',
    '`wait=N`: how many seconds to wait for the outcome, 0 to 300 (RFC 7240). `dry-run`: only says what would happen',
  );

/** For clients that cannot set headers. */
const ApiDryRun = (): Decorator =>
  ApiQuery({
    name: 'dryRun',
    required: false,
    schema: { type: 'string', enum: ['true', 'false'], default: 'false' },
    description: 'Only says what would happen, as `Prefer: dry-run` does',
  });

const REHEARSED = {
  type: RehearsalDto,
  description: 'A dry run: what would happen',
  headers: { ...APPLIED },
};

type ParameterSchema = NonNullable<Extract<ApiQueryOptions, { schema?: unknown }>['schema']>;

const ApiFilter = (name: string, schema: ParameterSchema, description = '') =>
  ApiQuery({ name, required: false, schema, ...(description !== '' && { description }) });

export const ACCESS = [
  'malformed_url',
  'invalid_tenant',
  'access_denied',
  'instance_not_found',
  'database_unavailable',
] as const;
export const KEYED = [
  'idempotency_key_in_use',
  'idempotency_key_reused',
  'too_many_idempotency_keys',
] as const;
export const BODY = [
  'malformed_json',
  'malformed_encoding',
  'validation_failed',
  'request_timeout',
  'body_too_large',
  'unsupported_media_type',
] as const;

/** The header that makes a request repeatable; `KEYED` are its refusals. */
export const ApiIdempotencyKey = (): Decorator =>
  ApiTag(
    'Idempotency-Key',
    'Any text that is new for this request: repeated with it, the change is made once and its answer is ' +
      'given again, with `Idempotency-Replayed: true`',
  );

export const ApiCreateInstance = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'createInstance',
      summary: 'Create an instance',
      description:
        'Answers at once with the instance in `creating`; it becomes `running`, or `error`. With `Prefer: wait=N` it answers when that is so.',
    }),
    ApiIdempotencyKey(),
    ApiBody({ type: CreateInstanceDto, examples: CREATIONS }),
    ApiDryRun(),
    ApiOkResponse(REHEARSED),
    ApiExtraModels(InstanceDto, CreatedInstancesDto),
    ApiCreatedResponse({
      description: 'The instance, or with `count` the list of them, without the headers of one',
      schema: {
        oneOf: [{ $ref: getSchemaPath(InstanceDto) }, { $ref: getSchemaPath(CreatedInstancesDto) }],
      },
      headers: { ...ETAG, ...LOCATION, ...OPERATION, ...APPLIED },
    }),
    ApiPreferWait(),
    ApiProblems(
      ...BODY,
      'invalid_flavor',
      'image_required',
      'image_not_found',
      'flavor_too_small',
      'integration_disabled',
      'network_not_found',
      'network_not_active',
      'volume_not_found',
      'volume_not_available',
      'invalid_tenant',
      'access_denied',
      'quota_exceeded',
      'insufficient_capacity',
      'too_many_pending_operations',
      'network_refused',
      'storage_refused',
      'network_unavailable',
      'storage_unavailable',
      ...KEYED,
      'precondition_unsupported',
      'database_unavailable',
    ),
  );

export const ApiListInstances = (): Decorator =>
  applyDecorators(
    ApiOperation({ operationId: 'listInstances', summary: "List the tenant's instances, newest first" }),
    // Listed individually: for a class, Nest would lose the enumerations.
    ApiFilter('limit', { type: 'integer', minimum: 1, maximum: MAX_PAGE, default: MAX_PAGE }),
    ApiFilter('pageToken', { type: 'string' }, 'nextPageToken of the page before'),
    ApiFilter('status', { type: 'string', enum: [...INSTANCE_STATUSES] }),
    ApiFilter('type', { type: 'string', enum: [...INSTANCE_TYPES] }),
    ApiFilter('flavor', { type: 'string' }, 'Name of a flavor'),
    ApiFilter('name', { type: 'string' }, 'The whole name'),
    ApiQuery({
      name: 'metadata',
      required: false,
      style: 'form',
      explode: true,
      schema: { type: 'object', additionalProperties: { type: 'string' } },
      description: 'Pairs that the metadata has, each as `metadata.<key>=<value>`',
    }),
    ApiOkResponse({
      type: InstanceListDto,
      headers: {
        Link: text('The page behind this one', '</api/v1/compute/instances?pageToken=…>; rel="next"'),
      },
    }),
    ApiProblems(
      'validation_failed',
      'invalid_page_token',
      'invalid_tenant',
      'database_unavailable',
      'too_many_lists',
      'too_many_unread_answers',
    ),
  );

export const ApiGetInstance = (): Decorator =>
  applyDecorators(
    ApiOperation({ operationId: 'getInstance', summary: 'Get one instance' }),
    ApiInstanceId(),
    ApiTag('If-None-Match', 'Answers 304 where the instance still has one of these tags'),
    ApiOkResponse({ type: InstanceDto, headers: ETAG }),
    ApiResponse({ status: 304, description: 'It is still that version' }),
    ApiProblems(...ACCESS),
  );

export const ApiUpdateInstance = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'updateInstance',
      summary: 'Change name, metadata and protection',
      description: 'A JSON merge patch: members that are absent stay, a pair that is null goes.',
    }),
    ApiInstanceId(),
    ApiIdempotencyKey(),
    ApiConsumes('application/json', 'application/merge-patch+json'),
    ApiBody({ type: UpdateInstanceDto, examples: UPDATES }),
    ApiOkResponse({ type: InstanceDto, headers: ETAG }),
    ApiProblems(...BODY, ...ACCESS, ...KEYED, 'dry_run_unsupported'),
    Conditional(),
  );

export const ApiDeleteInstance = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'deleteInstance',
      summary: 'Delete an instance',
      description:
        'Cancels what is in flight. A running instance is refused unless `force=true`, ' +
        'and one with `deletionProtection` in any case.',
    }),
    ApiInstanceId(),
    ApiIdempotencyKey(),
    ApiPreferWait(),
    ApiOkResponse(REHEARSED),
    ApiNoContentResponse({
      description: 'The instance is gone; a forced deletion names the clean-up that goes on',
      headers: { ...OPERATION, ...APPLIED },
    }),
    ApiAcceptedResponse({
      type: InstanceDto,
      description: 'It takes longer; statusReason says why, and it goes on by itself',
      headers: { ...ETAG, ...OPERATION, ...APPLIED },
    }),
    ApiProblems(
      'validation_failed',
      'instance_running',
      'unsupported_media_type',
      ...ACCESS,
      'deletion_protected',
      ...KEYED,
      'engine_failed',
    ),
    Conditional(),
  );

const POWER = {
  start: ['Start a stopped instance', 'The instance, running', 'instance_not_stopped'],
  stop: ['Stop a running instance', 'The instance, stopped', 'instance_not_running'],
  restart: ['Restart a stopped instance', 'The instance, restarting; running later', 'instance_not_stopped'],
} as const;

export const ApiPower = (verb: keyof typeof POWER): Decorator => {
  const [summary, description, refusal] = POWER[verb];
  return applyDecorators(
    ApiOperation({ operationId: `${verb}Instance`, summary }),
    ApiInstanceId(),
    ApiIdempotencyKey(),
    ApiDryRun(),
    ApiExtraModels(InstanceDto, RehearsalDto),
    ApiOkResponse({
      description: `${description}; or what a dry run says`,
      schema: { oneOf: [{ $ref: getSchemaPath(InstanceDto) }, { $ref: getSchemaPath(RehearsalDto) }] },
      headers: { ...ETAG, ...OPERATION, ...APPLIED },
    }),
    ApiPreferWait(),
    ...(verb === 'restart'
      ? []
      : [
          ApiAcceptedResponse({
            type: InstanceDto,
            description: 'The engine takes longer than POWER_WAIT_SECONDS; the instance as it is until then',
            headers: { ...ETAG, ...OPERATION, ...APPLIED },
          }),
        ]),
    ApiProblems(
      'validation_failed',
      refusal,
      'unsupported_media_type',
      ...ACCESS,
      'instance_busy',
      ...KEYED,
      'operation_superseded',
      'engine_failed',
    ),
    Conditional(),
  );
};
