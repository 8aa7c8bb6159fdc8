import { Controller, Get, Module, Put, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { contextOf } from '../../src/platform/http/server/request-context';
import { ApiTenant, CurrentCaller, Operator, Public, type Caller } from '../../src/access/tenancy';

interface Seen {
  readonly tenantId: string | null;
  readonly actor: string | null;
  readonly isOperator: boolean | null;
}

const seen = (request: Request): Seen => {
  const { tenantId = null, actor = null, isOperator = null } = contextOf(request);
  return { tenantId, actor, isOperator };
};

const ApiSeen = (): MethodDecorator => ApiOkResponse({ schema: { type: 'object' } });

/** Routes of each kind that return the caller as identified by the guard. */
@ApiTags('health')
@Public()
@Controller('api/v1/compute/seen')
class SeenController {
  @Get('public')
  @ApiOperation({ operationId: 'seenPublic', security: [] })
  @ApiSeen()
  ofAnybody(@Req() request: Request): Seen {
    return seen(request);
  }

  /** Like flavors: readable by all, writable by operators. */
  @Put('operator')
  @Operator()
  @ApiSeen()
  ofOperator(@Req() request: Request): Seen {
    return seen(request);
  }
}

@ApiTags('health')
@ApiTenant()
@Controller('api/v1/compute/seen')
class SeenTenantController {
  @Get('tenant')
  @ApiSeen()
  ofTenant(@Req() request: Request, @CurrentCaller() { tenantId, isOperator }: Caller): Seen {
    return { ...seen(request), tenantId, isOperator };
  }
}

@Module({ controllers: [SeenController, SeenTenantController] })
export class SeenModule {}
