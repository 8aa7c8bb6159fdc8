import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiOperation } from '@nestjs/swagger';
import { ApiProblems, BODY } from '../../../../platform/http/requests/api-problems.decorator';
import { FLAVOR_ERRORS } from '../../../flavors';
import { IMAGE_ERRORS } from '../../../images';
import { OPERATION_ERRORS, traitsOf } from '../../../operations';
import { QUOTA_ERRORS } from '../../../quotas';
import { ApiOperationOf } from '../../api/instances.openapi';
import { ACCESS, KEYED } from '../../api/shared.openapi';
import { ENGINE_ERRORS } from '../../engine/engine.errors';
import { INSTANCE_ERRORS } from '../../instance.errors';
import { RESIZE_ERRORS } from '../resize.errors';
import { ResizeDto } from './resize.dto';

export const ApiResize = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'resizeInstance',
      summary: 'Give an instance another flavor',
      description:
        'A running instance keeps running if its engine can resize it; otherwise it must be stopped, or `allowRestart` be true. Quota and capacity count the larger of both sizes until the operation has ended. If it fails, the instance keeps its flavor.',
    }),
    ApiBody({
      type: ResizeDto,
      examples: {
        live: { summary: 'Only without a restart', value: { flavor: 'medium' } },
        restart: { summary: 'With a restart, if necessary', value: { flavor: 'medium', allowRestart: true } },
      },
    }),
    ApiOperationOf('The instance with its new flavor', traitsOf('resize')),
    ApiProblems(
      ...BODY,
      FLAVOR_ERRORS.invalid_flavor,
      IMAGE_ERRORS.flavor_too_small,
      RESIZE_ERRORS.disk_cannot_shrink,
      RESIZE_ERRORS.gpus_cannot_change,
      INSTANCE_ERRORS.instance_not_settled,
      QUOTA_ERRORS.quota_exceeded,
      ...ACCESS,
      INSTANCE_ERRORS.instance_busy,
      ENGINE_ERRORS.not_supported_by_engine,
      RESIZE_ERRORS.restart_required,
      QUOTA_ERRORS.insufficient_capacity,
      ...KEYED,
      OPERATION_ERRORS.operation_superseded,
      OPERATION_ERRORS.engine_failed,
    ),
  );
