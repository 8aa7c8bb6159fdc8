import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Operator } from '../../../access/tenancy';
import { OrphanListDto } from './orphan.dto';
import { ApiListOrphans } from './orphans.openapi';
import { OrphansService } from '../orphans/orphans.service';

@ApiTags('orphans')
@Operator()
@Controller('api/v1/compute/orphans')
export class OrphansController {
  constructor(private readonly orphans: OrphansService) {}

  @Get()
  @ApiListOrphans()
  async list(): Promise<OrphanListDto> {
    return { orphans: await this.orphans.list() };
  }
}
