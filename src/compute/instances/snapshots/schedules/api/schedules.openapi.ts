import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { IDEMPOTENCY_ERRORS } from '../../../../../access/idempotency';
import { SERVICE_ERRORS } from '../../../../../platform/errors/service.errors';
import { HTTP_ERRORS } from '../../../../../platform/http/http.errors';
import { ApiProblems, BODY } from '../../../../../platform/http/requests/api-problems.decorator';
import { ACCESS, ApiInstanceId } from '../../../api/shared.openapi';
import { SCHEDULE_ERRORS } from '../schedule.errors';
import { SetScheduleDto, SnapshotScheduleDto } from './schedule.dto';

type Decorator = MethodDecorator;

/** Errors of writes without idempotency keys, dry runs and preconditions. */
const PLAIN_WRITE = [
  SERVICE_ERRORS.validation_failed,
  HTTP_ERRORS.unsupported_media_type,
  HTTP_ERRORS.dry_run_unsupported,
  IDEMPOTENCY_ERRORS.idempotency_key_unsupported,
  HTTP_ERRORS.precondition_unsupported,
];

export const ApiGetSchedule = (): Decorator =>
  applyDecorators(
    ApiOperation({ operationId: 'getSnapshotSchedule', summary: 'Get the snapshot schedule of an instance' }),
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
    ApiBody({ type: SetScheduleDto }),
    ApiOkResponse({ type: SnapshotScheduleDto }),
    ApiProblems(
      ...BODY,
      ...PLAIN_WRITE,
      SCHEDULE_ERRORS.schedule_invalid,
      SCHEDULE_ERRORS.retention_keeps_nothing,
      ...ACCESS,
    ),
  );

export const ApiRemoveSchedule = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'removeSnapshotSchedule',
      summary: 'Stop taking snapshots of an instance regularly',
      description: 'The snapshots that it took stay.',
    }),
    ApiInstanceId(),
    ApiNoContentResponse({ description: 'The schedule is removed' }),
    ApiProblems(...PLAIN_WRITE, ...ACCESS, SCHEDULE_ERRORS.schedule_not_found),
  );
