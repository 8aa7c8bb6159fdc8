import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { HTTP_ERRORS } from '../../../../../platform/http/http.errors';
import { ApiProblems, BODY } from '../../../../../platform/http/requests/api-problems.decorator';
import {
  ACCESS,
  ApiIdempotencyKey,
  ApiInstanceId,
  Conditional,
  ETAG,
  KEYED,
} from '../../../api/shared.openapi';
import { SCHEDULE_ERRORS } from '../schedule.errors';
import { SetScheduleDto, SnapshotScheduleDto } from './schedule.dto';

type Decorator = MethodDecorator;

export const ApiGetSchedule = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'getSnapshotSchedule',
      summary: 'Get the snapshot schedule of an instance',
      description: 'Also shows when it is due next, and why it began no snapshot when it was last due.',
    }),
    ApiInstanceId(),
    ApiOkResponse({ type: SnapshotScheduleDto }),
    ApiProblems(...ACCESS, SCHEDULE_ERRORS.schedule_not_found),
  );

export const ApiSetSchedule = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'setSnapshotSchedule',
      summary: 'Take snapshots of an instance regularly',
      description:
        'Replaces the schedule of the instance, if it has one. Its snapshots are taken as if by `POST /instances/{id}/snapshots`, without memory. When one is available, those that `keep` does not name are deleted; snapshots that were not taken by a schedule, never. A time that the clock skips when it is set forward is due at the end of the gap, and a time that it repeats is due once. If several times pass while the service is down, one snapshot is taken.',
    }),
    ApiInstanceId(),
    ApiIdempotencyKey(),
    ApiBody({ type: SetScheduleDto }),
    ApiOkResponse({ type: SnapshotScheduleDto, headers: ETAG }),
    ApiProblems(
      ...BODY,
      SCHEDULE_ERRORS.schedule_invalid,
      SCHEDULE_ERRORS.retention_keeps_nothing,
      ...ACCESS,
      ...KEYED,
      HTTP_ERRORS.dry_run_unsupported,
    ),
    Conditional(),
  );

export const ApiRemoveSchedule = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'removeSnapshotSchedule',
      summary: 'Stop taking snapshots of an instance regularly',
      description: 'The snapshots that it took stay.',
    }),
    ApiInstanceId(),
    ApiIdempotencyKey(),
    ApiNoContentResponse({ description: 'The schedule is removed', headers: ETAG }),
    ApiProblems(
      ...BODY,
      ...ACCESS,
      SCHEDULE_ERRORS.schedule_not_found,
      ...KEYED,
      HTTP_ERRORS.dry_run_unsupported,
    ),
    Conditional(),
  );
