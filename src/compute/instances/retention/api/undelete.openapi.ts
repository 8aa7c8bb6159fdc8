import { applyDecorators } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { ApiProblems } from '../../../../platform/http/requests/api-problems.decorator';
import { HTTP_ERRORS } from '../../../../platform/http/http.errors';
import { SERVICE_ERRORS } from '../../../../platform/errors/service.errors';
import { OPERATION_ERRORS, traitsOf } from '../../../operations';
import { ApiOperationOf } from '../../api/instances.openapi';
import { ACCESS, KEYED } from '../../api/shared.openapi';
import { INSTANCE_ERRORS } from '../../instance.errors';

export const ApiUndelete = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'undeleteInstance',
      summary: 'Bring a deleted instance back while it is retained',
      description:
        'With its id, disks, networks, volumes and host ports. It is `stopped`, and then started if it ran when it was deleted. Waits for up to `POWER_WAIT_SECONDS`; if the start takes longer, it continues.',
    }),
    ApiOperationOf('The instance, running or stopped', traitsOf('undelete')),
    ApiProblems(
      SERVICE_ERRORS.validation_failed,
      HTTP_ERRORS.unsupported_media_type,
      ...ACCESS,
      INSTANCE_ERRORS.instance_not_deleted,
      INSTANCE_ERRORS.instance_busy,
      ...KEYED,
      OPERATION_ERRORS.operation_superseded,
      OPERATION_ERRORS.engine_failed,
    ),
  );
