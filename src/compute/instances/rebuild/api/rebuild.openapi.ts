import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiOperation } from '@nestjs/swagger';
import { ApiProblems, BODY } from '../../../../platform/http/requests/api-problems.decorator';
import { IMAGE_ERRORS } from '../../../images';
import { OPERATION_ERRORS, traitsOf } from '../../../operations';
import { ApiOperationOf } from '../../api/instances.openapi';
import { ACCESS, KEYED } from '../../api/shared.openapi';
import { ENGINE_ERRORS } from '../../engine/engine.errors';
import { INSTANCE_ERRORS } from '../../instance.errors';
import { SNAPSHOT_ERRORS } from '../../snapshots/snapshot.errors';
import { REBUILD_ERRORS } from '../rebuild.errors';
import { RebuildDto } from './rebuild.dto';

export const ApiRebuild = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'rebuildInstance',
      summary: 'Give an instance another image',
      description:
        'Replaces the disk: everything on it is lost. Id, name, flavor, requested ports, networks and volumes stay. A running instance runs afterwards, a stopped one is stopped, and one in `error` runs. If the image cannot be used, nothing changes; if the engine fails later, the instance is in `error` and can be rebuilt again.',
    }),
    ApiBody({ type: RebuildDto }),
    ApiOperationOf('The instance with its new image', traitsOf('rebuild')),
    ApiProblems(
      ...BODY,
      IMAGE_ERRORS.image_required,
      IMAGE_ERRORS.image_not_found,
      IMAGE_ERRORS.flavor_too_small,
      SNAPSHOT_ERRORS.flavor_too_small_for_snapshot,
      INSTANCE_ERRORS.instance_not_settled,
      ...ACCESS,
      INSTANCE_ERRORS.instance_busy,
      REBUILD_ERRORS.instance_never_created,
      REBUILD_ERRORS.image_not_for_instance,
      ENGINE_ERRORS.not_supported_by_engine,
      ...KEYED,
      OPERATION_ERRORS.operation_superseded,
      OPERATION_ERRORS.engine_failed,
    ),
  );
