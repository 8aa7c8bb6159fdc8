import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiProblems } from '../common/http/api-problems.decorator';
import { OrphanListDto } from './orphan.dto';

export const ApiListOrphans = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'listOrphans',
      summary: 'What engines hold for no instance (operator)',
      description:
        'It is removed when it has been seen for `ORPHAN_GRACE_SECONDS` and still belongs to nobody.',
    }),
    ApiOkResponse({ type: OrphanListDto }),
    ApiProblems('validation_failed', 'operator_required', 'database_unavailable'),
  );
