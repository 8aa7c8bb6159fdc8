import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../common/http/api-problems.decorator';
import { Public } from '../tenancy';
import { FlavorDto, FlavorListDto } from './flavor.dto';
import { FlavorsService } from './flavors.service';

@ApiTags('flavors')
@Public()
@Controller('api/v1/compute/flavors')
export class FlavorsController {
  constructor(private readonly flavors: FlavorsService) {}

  @Get()
  @ApiOperation({ operationId: 'listFlavors', summary: 'List the flavors', security: [] })
  @ApiOkResponse({ type: FlavorListDto })
  @ApiProblems('malformed_request')
  list(): FlavorListDto {
    return { flavors: this.flavors.list() };
  }

  @Get(':name')
  @ApiOperation({ operationId: 'getFlavor', summary: 'Get one flavor', security: [] })
  @ApiOkResponse({ type: FlavorDto })
  @ApiProblems('malformed_url', 'flavor_not_found')
  get(@Param('name') name: string): FlavorDto {
    return this.flavors.get(name);
  }
}
