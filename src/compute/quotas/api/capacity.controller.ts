import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiTenant, type Caller, CurrentCaller } from '../../../access/tenancy';
import { CapacityService } from '../capacity/capacity.service';
import { CapacityDto, toCapacity } from './capacity.dto';
import { ApiGetCapacity } from './quotas.openapi';

@ApiTags('quotas')
@ApiTenant()
@Controller('api/v1/compute/capacity')
export class CapacityController {
  constructor(private readonly capacity: CapacityService) {}

  @Get()
  @ApiGetCapacity()
  async get(@CurrentCaller() { tenantId, isOperator }: Caller): Promise<CapacityDto> {
    return toCapacity(isOperator ? await this.capacity.ofAll() : await this.capacity.ofTenant(tenantId));
  }
}
