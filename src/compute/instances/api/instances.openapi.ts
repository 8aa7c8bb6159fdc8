import { applyDecorators } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import { ApiProblems, BODY } from '../../../platform/http/requests/api-problems.decorator';
import { DATABASE_ERRORS } from '../../../platform/database';
import { SERVICE_ERRORS } from '../../../platform/errors/service.errors';
import { HTTP_ERRORS } from '../../../platform/http/http.errors';
import { TENANCY_ERRORS } from '../../../access/tenancy';
import { INTEGRATION_ERRORS } from '../../../integrations';
import { FLAVOR_ERRORS } from '../../flavors';
import { IMAGE_ERRORS } from '../../images';
import { OPERATION_ERRORS, traitsOf } from '../../operations';
import { QUOTA_ERRORS } from '../../quotas';
import { ACTIONS, descriptorOf, type RoutedAction } from '../actions/actions';
import { ENGINE_ERRORS } from '../engine/engine.errors';
import { INSTANCE_ERRORS } from '../instance.errors';
import { HOST_PORT_ERRORS } from '../ports/host-port.errors';
import { SNAPSHOT_ERRORS } from '../snapshots/snapshot.errors';
import { CreateInstanceDto } from './dto/create-instance.dto';
import { CreatedInstancesDto, InstanceDetailsDto, InstanceDto } from './dto/instance.dto';
import { DryRunResultDto } from './dto/dry-run-result.dto';
import { UpdateInstanceDto } from './dto/update-instance.dto';
import { CREATIONS, UPDATES } from './instances.examples';
import {
  ACCESS,
  ApiIdempotencyKey,
  ApiInstanceId,
  ApiPreferWait,
  APPLIED,
  ApiTag,
  ETAG,
  KEYED,
  OPERATION,
  text,
  Conditional,
} from './shared.openapi';

const LOCATION = {
  Location: text('The new instance', '/api/v1/compute/instances/019342d0-3f79-7d02-8b1a-77c3a0e5f2a4'),
};

type Decorator = MethodDecorator;

/** Errors of creations from an image or a snapshot. */
const OF_SOURCE = [
  IMAGE_ERRORS.image_required,
  IMAGE_ERRORS.image_not_found,
  IMAGE_ERRORS.flavor_too_small,
  SNAPSHOT_ERRORS.flavor_too_small_for_snapshot,
  SNAPSHOT_ERRORS.snapshot_not_found,
  SNAPSHOT_ERRORS.snapshot_not_available,
  SNAPSHOT_ERRORS.snapshot_without_memory,
  SNAPSHOT_ERRORS.memory_size_differs,
];

/** For clients that cannot set headers. */
const ApiDryRun = (): Decorator =>
  ApiQuery({
    name: 'dryRun',
    required: false,
    schema: { type: 'boolean', default: false },
    description: 'Only reports what would happen, like `Prefer: dry-run`',
  });

const REHEARSED = {
  type: DryRunResultDto,
  description: 'The result of a dry run',
  headers: { ...APPLIED },
};

export const ApiCreateInstance = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'createInstance',
      summary: 'Create an instance',
      description:
        'Responds immediately with the instance in `creating`, which becomes `running` or `error`. With `Prefer: wait=N`, responds when that status is reached.',
    }),
    ApiIdempotencyKey(),
    ApiBody({ type: CreateInstanceDto, examples: CREATIONS }),
    ApiDryRun(),
    ApiOkResponse(REHEARSED),
    ApiExtraModels(InstanceDto, CreatedInstancesDto),
    ApiCreatedResponse({
      description: 'The instance; with `count`, a list without `ETag` and `Operation-Location`',
      schema: {
        oneOf: [{ $ref: getSchemaPath(InstanceDto) }, { $ref: getSchemaPath(CreatedInstancesDto) }],
      },
      headers: { ...ETAG, ...LOCATION, ...OPERATION, ...APPLIED },
    }),
    ApiPreferWait(),
    ApiProblems(
      ...BODY,
      ENGINE_ERRORS.not_supported_by_engine,
      FLAVOR_ERRORS.invalid_flavor,
      ...OF_SOURCE,
      INTEGRATION_ERRORS.integration_disabled,
      INTEGRATION_ERRORS.network_not_found,
      INTEGRATION_ERRORS.network_not_active,
      INTEGRATION_ERRORS.volume_not_found,
      INTEGRATION_ERRORS.volume_not_available,
      TENANCY_ERRORS.invalid_tenant,
      SERVICE_ERRORS.access_denied,
      QUOTA_ERRORS.quota_exceeded,
      QUOTA_ERRORS.insufficient_capacity,
      HOST_PORT_ERRORS.host_ports_disabled,
      HOST_PORT_ERRORS.host_port_out_of_range,
      HOST_PORT_ERRORS.host_port_taken,
      OPERATION_ERRORS.too_many_pending_operations,
      INTEGRATION_ERRORS.network_refused,
      INTEGRATION_ERRORS.storage_refused,
      INTEGRATION_ERRORS.network_unavailable,
      INTEGRATION_ERRORS.storage_unavailable,
      ...KEYED,
      HTTP_ERRORS.precondition_unsupported,
      DATABASE_ERRORS.database_unavailable,
    ),
  );

export const ApiGetInstance = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'getInstance',
      summary: 'Get one instance',
      description:
        'The `ETag` is its version, which a later change can require with `If-Match`. Only this response has `abilities` and `activity`.',
    }),
    ApiInstanceId(),
    ApiTag(
      'If-None-Match',
      'Entity tags; responds 304 if the instance still has one of them and no operation is in progress',
    ),
    ApiOkResponse({ type: InstanceDetailsDto, headers: ETAG }),
    ApiResponse({ status: 304, description: 'The instance still has that version' }),
    ApiProblems(SERVICE_ERRORS.validation_failed, ...ACCESS),
  );

export const ApiUpdateInstance = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'updateInstance',
      summary: 'Change name, metadata, deletion protection, autostart and restart policy',
      description: 'A JSON merge patch: absent members keep their value, and null removes a metadata pair.',
    }),
    ApiInstanceId(),
    ApiIdempotencyKey(),
    ApiConsumes('application/json', 'application/merge-patch+json'),
    ApiBody({ type: UpdateInstanceDto, examples: UPDATES }),
    ApiOkResponse({ type: InstanceDto, headers: ETAG }),
    ApiProblems(...BODY, ...ACCESS, ...KEYED, HTTP_ERRORS.dry_run_unsupported),
    Conditional(),
  );

export const ApiDeleteInstance = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'deleteInstance',
      summary: 'Delete an instance',
      description:
        'Cancels an operation in progress. A running instance is deleted only with `force=true` or `retain`, ' +
        'and one with `deletionProtection` never. An instance whose creation has not succeeded is not retained.',
    }),
    ApiInstanceId(),
    ApiIdempotencyKey(),
    ApiPreferWait(),
    ApiOkResponse(REHEARSED),
    ApiNoContentResponse({
      description:
        'The instance is deleted, or retained; after a forced deletion, `Operation-Location` names the remaining cleanup',
      headers: { ...OPERATION, ...APPLIED },
    }),
    ApiAcceptedResponse({
      type: InstanceDto,
      description: 'The deletion takes longer and continues; statusReason contains the cause',
      headers: { ...ETAG, ...OPERATION, ...APPLIED },
    }),
    ApiProblems(
      SERVICE_ERRORS.validation_failed,
      QUOTA_ERRORS.retention_too_long,
      INSTANCE_ERRORS.instance_running,
      HTTP_ERRORS.unsupported_media_type,
      ...ACCESS,
      INSTANCE_ERRORS.deletion_protected,
      ...KEYED,
      OPERATION_ERRORS.engine_failed,
    ),
    Conditional(),
  );

/** What requests for operations on an instance have in common: dry runs, waiting, and the responses. */
export const ApiOperationOf = (outcome: string, { isBackground }: { isBackground: boolean }): Decorator =>
  applyDecorators(
    ApiInstanceId(),
    ApiIdempotencyKey(),
    ApiDryRun(),
    ApiExtraModels(InstanceDto, DryRunResultDto),
    ApiOkResponse({
      description: `${outcome}, or the result of a dry run`,
      schema: { oneOf: [{ $ref: getSchemaPath(InstanceDto) }, { $ref: getSchemaPath(DryRunResultDto) }] },
      headers: { ...ETAG, ...OPERATION, ...APPLIED },
    }),
    ApiPreferWait(),
    ...(isBackground
      ? []
      : [
          ApiAcceptedResponse({
            type: InstanceDto,
            description: 'The operation takes longer than POWER_WAIT_SECONDS; the current instance',
            headers: { ...ETAG, ...OPERATION, ...APPLIED },
          }),
        ]),
    Conditional(),
  );

/** For an action with a route of its own. */
export const ApiAction = (action: RoutedAction): Decorator => {
  const { refusal, route } = ACTIONS[action];
  const { summary, outcome, description } = route;
  return applyDecorators(
    ApiOperation({ operationId: `${action}Instance`, summary, description }),
    ApiOperationOf(outcome, traitsOf(action)),
    ApiProblems(
      SERVICE_ERRORS.validation_failed,
      refusal,
      HTTP_ERRORS.unsupported_media_type,
      ...ACCESS,
      INSTANCE_ERRORS.instance_busy,
      ...(descriptorOf(action).ability === undefined ? [] : [ENGINE_ERRORS.not_supported_by_engine]),
      ...KEYED,
      OPERATION_ERRORS.operation_superseded,
      OPERATION_ERRORS.engine_failed,
    ),
  );
};
