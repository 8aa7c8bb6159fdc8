import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiTenant } from '../api-security.decorator';
import { CurrentCaller, type Caller } from '../caller';
import { CallerDto, toCaller } from './caller.dto';

/** Lets a client find out which tenant and rights its headers or token give it. */
@ApiTags('callers')
@ApiTenant()
@Controller('api/v1/compute/caller')
export class CallerController {
  @Get()
  @ApiOperation({
    operationId: 'getCaller',
    summary: 'Get the caller, as authenticated by this request',
    description: 'The tenant is that of the header or of the token.',
  })
  @ApiOkResponse({ type: CallerDto })
  get(@CurrentCaller() caller: Caller): CallerDto {
    return toCaller(caller);
  }
}
