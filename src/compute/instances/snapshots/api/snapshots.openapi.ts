import { applyDecorators } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiResponse,
} from '@nestjs/swagger';
import { TENANCY_ERRORS } from '../../../../access/tenancy';
import { DATABASE_ERRORS } from '../../../../platform/database';
import { SERVICE_ERRORS } from '../../../../platform/errors/service.errors';
import { HTTP_ERRORS } from '../../../../platform/http/http.errors';
import { ApiProblems, BODY } from '../../../../platform/http/requests/api-problems.decorator';
import { OPERATION_ERRORS, traitsOf } from '../../../operations';
import { QUOTA_ERRORS } from '../../../quotas';
import { ApiOperationOf } from '../../api/instances.openapi';
import {
  ACCESS,
  ApiIdempotencyKey,
  ApiInstanceId,
  ApiPreferWait,
  ApiTag,
  APPLIED,
  Conditional,
  ETAG,
  KEYED,
  OPERATION,
  text,
} from '../../api/shared.openapi';
import { ENGINE_ERRORS } from '../../engine/engine.errors';
import { INSTANCE_ERRORS } from '../../instance.errors';
import { SNAPSHOT_ERRORS } from '../snapshot.errors';
import {
  CreateSnapshotDto,
  RestoreDto,
  SnapshotDryRunDto,
  SnapshotDto,
  SnapshotListDto,
  UpdateSnapshotDto,
} from './snapshot.dto';

type Decorator = MethodDecorator;

const LOCATION = {
  Location: text('The new snapshot', '/api/v1/compute/snapshots/019342d0-3f7b-7e21-8c3d-5a6b7c8d9e0f'),
};
const LINK = {
  Link: text('The next page', '</api/v1/compute/snapshots?pageToken=…>; rel="next"'),
};
const REHEARSED = {
  type: SnapshotDryRunDto,
  description: 'The result of a dry run',
  headers: { ...APPLIED },
};
/** Errors of every route of one snapshot. */
const OF_SNAPSHOT = [
  HTTP_ERRORS.malformed_url,
  TENANCY_ERRORS.invalid_tenant,
  SNAPSHOT_ERRORS.snapshot_not_found,
  DATABASE_ERRORS.database_unavailable,
];
const OF_LIST = [
  SERVICE_ERRORS.validation_failed,
  SERVICE_ERRORS.invalid_page_token,
  TENANCY_ERRORS.invalid_tenant,
  DATABASE_ERRORS.too_many_lists,
  HTTP_ERRORS.too_many_unread_answers,
  DATABASE_ERRORS.database_unavailable,
];

const ApiSnapshotId = (): Decorator =>
  ApiParam({
    name: 'id',
    format: 'uuid',
    example: '019342d0-3f7b-7e21-8c3d-5a6b7c8d9e0f',
    description: 'Id of the snapshot',
  });

const ApiDryRun = (): Decorator =>
  ApiQuery({
    name: 'dryRun',
    required: false,
    schema: { type: 'boolean', default: false },
    description: 'Only reports what would happen, like `Prefer: dry-run`',
  });

export const ApiCreateSnapshot = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'createSnapshot',
      summary: 'Take a snapshot of an instance',
      description:
        'Of its disk and, with `includeMemory`, of its memory; not of its volumes. Responds immediately with the snapshot in `creating`, which becomes `available` or `error`. With `Prefer: wait=N`, responds when that status is reached. The instance keeps its status, and has one operation at a time.',
    }),
    ApiInstanceId(),
    ApiIdempotencyKey(),
    ApiBody({ type: CreateSnapshotDto }),
    ApiDryRun(),
    ApiOkResponse(REHEARSED),
    ApiCreatedResponse({
      type: SnapshotDto,
      description: 'The snapshot',
      headers: { ...ETAG, ...LOCATION, ...OPERATION, ...APPLIED },
    }),
    ApiPreferWait(),
    ApiProblems(
      ...BODY,
      INSTANCE_ERRORS.instance_not_settled,
      ...ACCESS,
      QUOTA_ERRORS.quota_exceeded,
      INSTANCE_ERRORS.instance_busy,
      ENGINE_ERRORS.not_supported_by_engine,
      SNAPSHOT_ERRORS.memory_needs_running_instance,
      SNAPSHOT_ERRORS.quiesce_unavailable,
      ...KEYED,
    ),
    Conditional(),
  );

export const ApiListSnapshotsOf = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'listSnapshotsOfInstance',
      summary: 'List the snapshots of an instance, newest first',
      description: 'Those of a deleted instance are in `GET /snapshots`.',
    }),
    ApiInstanceId(),
    ApiOkResponse({ type: SnapshotListDto, headers: LINK }),
    ApiProblems(...OF_LIST, ...ACCESS),
  );

export const ApiRestore = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'restoreInstance',
      summary: 'Give an instance the disk of one of its snapshots',
      description:
        'What was written to the disk since then is lost; volumes do not change. The instance is stopped, restored, and started again if it was running, paused or in `error`. With `resume`, the guest goes on from the memory in the snapshot; it runs afterwards.',
    }),
    ApiBody({ type: RestoreDto }),
    ApiOperationOf('The instance with the disk of the snapshot', traitsOf('restore')),
    ApiProblems(
      ...BODY,
      SNAPSHOT_ERRORS.flavor_too_small_for_snapshot,
      INSTANCE_ERRORS.instance_not_settled,
      ...ACCESS,
      SNAPSHOT_ERRORS.snapshot_not_found,
      SNAPSHOT_ERRORS.snapshot_not_available,
      SNAPSHOT_ERRORS.snapshot_without_memory,
      SNAPSHOT_ERRORS.memory_size_differs,
      INSTANCE_ERRORS.instance_busy,
      ENGINE_ERRORS.not_supported_by_engine,
      ...KEYED,
      OPERATION_ERRORS.operation_superseded,
      OPERATION_ERRORS.engine_failed,
    ),
  );

export const ApiListSnapshots = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'listSnapshots',
      summary: 'List snapshots, newest first',
      description: 'Those of the tenant, also of instances that are deleted.',
    }),
    ApiOkResponse({ type: SnapshotListDto, headers: LINK }),
    ApiProblems(...OF_LIST, TENANCY_ERRORS.operator_required),
  );

export const ApiGetSnapshot = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'getSnapshot',
      summary: 'Get one snapshot',
      description: 'The `ETag` is its version, which a later change can require with `If-Match`.',
    }),
    ApiSnapshotId(),
    ApiTag('If-None-Match', 'Entity tags; responds 304 if the snapshot still has one of them'),
    ApiOkResponse({ type: SnapshotDto, headers: ETAG }),
    ApiResponse({ status: 304, description: 'The snapshot still has that version' }),
    ApiProblems(...OF_SNAPSHOT),
  );

export const ApiUpdateSnapshot = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'updateSnapshot',
      summary: 'Change name, metadata and expiry of a snapshot',
      description:
        'A JSON merge patch: absent members keep their value, and null removes a metadata pair or the expiry.',
    }),
    ApiSnapshotId(),
    ApiIdempotencyKey(),
    ApiConsumes('application/json', 'application/merge-patch+json'),
    ApiBody({ type: UpdateSnapshotDto }),
    ApiOkResponse({ type: SnapshotDto, headers: ETAG }),
    ApiProblems(...BODY, ...OF_SNAPSHOT, ...KEYED, HTTP_ERRORS.dry_run_unsupported),
    Conditional(),
  );

export const ApiDeleteSnapshot = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'deleteSnapshot',
      summary: 'Delete a snapshot',
      description:
        'Instances that were restored or created from it are not affected. While its engine is unavailable, the deletion is repeated.',
    }),
    ApiSnapshotId(),
    ApiIdempotencyKey(),
    ApiDryRun(),
    ApiPreferWait(),
    ApiOkResponse(REHEARSED),
    ApiNoContentResponse({ description: 'The snapshot is deleted', headers: { ...OPERATION, ...APPLIED } }),
    ApiAcceptedResponse({
      type: SnapshotDto,
      description: 'The deletion takes longer and continues; statusReason contains the cause',
      headers: { ...ETAG, ...OPERATION, ...APPLIED },
    }),
    ApiProblems(
      SERVICE_ERRORS.validation_failed,
      HTTP_ERRORS.unsupported_media_type,
      ...OF_SNAPSHOT,
      SNAPSHOT_ERRORS.snapshot_in_use,
      SNAPSHOT_ERRORS.snapshot_published,
      SNAPSHOT_ERRORS.snapshot_contended,
      ...KEYED,
      OPERATION_ERRORS.engine_failed,
    ),
    Conditional(),
  );
