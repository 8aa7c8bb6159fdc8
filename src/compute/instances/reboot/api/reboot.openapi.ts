import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiOperation } from '@nestjs/swagger';
import { ApiProblems, BODY } from '../../../../platform/http/requests/api-problems.decorator';
import { OPERATION_ERRORS, traitsOf } from '../../../operations';
import { ApiOperationOf } from '../../api/instances.openapi';
import { ACCESS, KEYED } from '../../api/shared.openapi';
import { ENGINE_ERRORS } from '../../engine/engine.errors';
import { INSTANCE_ERRORS } from '../../instance.errors';
import { RebootDto } from './reboot.dto';

export const ApiReboot = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'rebootInstance',
      summary: 'Reboot a running instance',
      description:
        'Ends the guest and starts it again, with the same disks and ports; `restart` starts an instance that is stopped. Waits for up to `POWER_WAIT_SECONDS`; if the operation takes longer, it continues.',
    }),
    ApiBody({
      type: RebootDto,
      required: false,
      examples: {
        soft: { summary: 'Shut down first', value: { type: 'soft' } },
        hard: { summary: 'At once', value: { type: 'hard' } },
      },
    }),
    ApiOperationOf('The instance, running', traitsOf('reboot')),
    ApiProblems(
      ...BODY,
      INSTANCE_ERRORS.instance_not_running,
      ...ACCESS,
      INSTANCE_ERRORS.instance_busy,
      ENGINE_ERRORS.not_supported_by_engine,
      ...KEYED,
      OPERATION_ERRORS.operation_superseded,
      OPERATION_ERRORS.engine_failed,
    ),
  );
