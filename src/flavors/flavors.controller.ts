import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Res, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { NoBodyGuard } from '../common/validation/no-body.guard';
import { Operator, Public } from '../tenancy';
import {
  CreateFlavorDto,
  FlavorDto,
  FlavorListDto,
  toNewFlavor,
  toResponse,
  UpdateFlavorDto,
} from './flavor.dto';
import {
  ApiCreateFlavor,
  ApiDeleteFlavor,
  ApiGetFlavor,
  ApiListFlavors,
  ApiUpdateFlavor,
} from './flavors.openapi';
import { FlavorsService } from './flavors.service';

const PATH = 'api/v1/compute/flavors';

@ApiTags('flavors')
@Controller(PATH)
export class FlavorsController {
  constructor(private readonly flavors: FlavorsService) {}

  @Get()
  @Public()
  @ApiListFlavors()
  async list(): Promise<FlavorListDto> {
    return { flavors: (await this.flavors.list()).map(toResponse) };
  }

  @Get(':name')
  @Public()
  @ApiGetFlavor()
  async get(@Param('name') name: string): Promise<FlavorDto> {
    return toResponse(await this.flavors.get(name));
  }

  @Post()
  @Operator()
  @ApiCreateFlavor()
  async create(
    @Body() request: CreateFlavorDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<FlavorDto> {
    const flavor = await this.flavors.create(toNewFlavor(request));
    response.setHeader('Location', `/${PATH}/${flavor.name}`);
    return toResponse(flavor);
  }

  @Patch(':name')
  @Operator()
  @ApiUpdateFlavor()
  async update(@Param('name') name: string, @Body() { description }: UpdateFlavorDto): Promise<FlavorDto> {
    return toResponse(await this.flavors.describe(name, description));
  }

  @Delete(':name')
  @Operator()
  @HttpCode(204)
  @UseGuards(NoBodyGuard)
  @ApiDeleteFlavor()
  remove(@Param('name') name: string): Promise<void> {
    return this.flavors.remove(name);
  }
}
