import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiProblems } from '../../../platform/http/requests/api-problems.decorator';
import { DATABASE_ERRORS } from '../../../platform/database';
import { TENANCY_ERRORS } from '../../../access/tenancy';
import { OrphanListDto } from './orphan.dto';
import { SERVICE_ERRORS } from '../../../platform/errors/service.errors';

export const ApiListOrphans = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'listOrphans',
      summary: 'List the instances at engines that are not in the database (operator)',
      description: 'A resource is removed if it still belongs to no instance after `ORPHAN_GRACE_SECONDS`.',
    }),
    ApiOkResponse({ type: OrphanListDto }),
    ApiProblems(
      SERVICE_ERRORS.validation_failed,
      TENANCY_ERRORS.operator_required,
      DATABASE_ERRORS.database_unavailable,
    ),
  );
