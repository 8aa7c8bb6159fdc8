import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { sendResult, type HttpResult } from '../../../platform/http/responses/http-result';
import { NoDryRunGuard } from '../../../platform/http/requests/dry-run';
import { NoBodyGuard } from '../../../platform/http/validation/no-body.guard';
import {
  IdempotentRequests,
  keyOf,
  NoIdempotencyKeyGuard,
  OPERATORS,
  keyRecordParameter,
} from '../../../access/idempotency';
import { Operator, Public } from '../../../access/tenancy';
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
import { FlavorsService } from '../flavors.service';

const PATH = 'api/v1/compute/flavors';

@ApiTags('flavors')
@UseGuards(NoDryRunGuard)
@Controller(PATH)
export class FlavorsController {
  constructor(
    private readonly flavors: FlavorsService,
    private readonly requests: IdempotentRequests,
  ) {}

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
    @Body() dto: CreateFlavorDto,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const given = keyOf(request);
    const flavor = toNewFlavor(dto);
    const answer = { status: 201, headers: { Location: `/${PATH}/${flavor.name}` } };
    const body = JSON.stringify(toResponse({ ...flavor, isRetired: false }));
    const key = given && { ...given, headOf: () => answer };
    const kept = { keyRecord: keyRecordParameter(key), body };
    const make = async (): Promise<HttpResult> => {
      await this.flavors.create(flavor, kept);
      return { ...answer, body };
    };
    const replaying = (): unknown => response.setHeader('Idempotency-Replayed', 'true');
    sendResult(response, await this.requests.answer({ tenantId: OPERATORS, key, make, replaying }));
  }

  @Patch(':name')
  @Operator()
  @UseGuards(NoIdempotencyKeyGuard)
  @ApiUpdateFlavor()
  async update(@Param('name') name: string, @Body() { description }: UpdateFlavorDto): Promise<FlavorDto> {
    return toResponse(await this.flavors.describe(name, description));
  }

  @Delete(':name')
  @Operator()
  @HttpCode(204)
  @UseGuards(NoBodyGuard, NoIdempotencyKeyGuard)
  @ApiDeleteFlavor()
  remove(@Param('name') name: string): Promise<void> {
    return this.flavors.remove(name);
  }
}
