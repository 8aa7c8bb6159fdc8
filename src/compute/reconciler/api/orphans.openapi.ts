import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiProblems } from '../../../platform/http/requests/api-problems.decorator';
import { OrphanListDto } from './orphan.dto';

export const ApiListOrphans = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'listOrphans',
      summary: 'List the instances at engines that are not in the database (operator)',
      description: 'A resource is removed if it still belongs to no instance after `ORPHAN_GRACE_SECONDS`.',
    }),
    ApiOkResponse({ type: OrphanListDto }),
    ApiProblems('validation_failed', 'operator_required', 'database_unavailable'),
  );
