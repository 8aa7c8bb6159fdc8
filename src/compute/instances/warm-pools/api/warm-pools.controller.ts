import { Body, Controller, Delete, Get, HttpCode, Param, Put, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { NoIdempotencyKeyGuard } from '../../../../access/idempotency';
import { Operator } from '../../../../access/tenancy';
import { NoDryRunGuard } from '../../../../platform/http/requests/dry-run';
import { NoBodyGuard } from '../../../../platform/http/validation/no-body.guard';
import { WarmPoolsService } from '../warm-pools.service';
import {
  SetWarmPoolDto,
  toWarmPool,
  WarmPoolPath,
  type WarmPoolDto,
  type WarmPoolListDto,
} from './warm-pool.dto';
import { ApiDeleteWarmPool, ApiGetWarmPool, ApiListWarmPools, ApiSetWarmPool } from './warm-pools.openapi';

@ApiTags('warm pools')
@Operator()
@UseGuards(NoDryRunGuard)
@Controller('api/v1/compute/warm-pools')
export class WarmPoolsController {
  constructor(private readonly pools: WarmPoolsService) {}

  @Get()
  @ApiListWarmPools()
  async list(): Promise<WarmPoolListDto> {
    return { warmPools: (await this.pools.list()).map(toWarmPool) };
  }

  @Get(':name')
  @ApiGetWarmPool()
  async get(@Param() { name }: WarmPoolPath): Promise<WarmPoolDto> {
    return toWarmPool(await this.pools.get(name));
  }

  @Put(':name')
  @UseGuards(NoIdempotencyKeyGuard)
  @ApiSetWarmPool()
  async set(@Param() { name }: WarmPoolPath, @Body() request: SetWarmPoolDto): Promise<WarmPoolDto> {
    return toWarmPool(await this.pools.set(name, request));
  }

  @Delete(':name')
  @HttpCode(204)
  @UseGuards(NoBodyGuard, NoIdempotencyKeyGuard)
  @ApiDeleteWarmPool()
  remove(@Param() { name }: WarmPoolPath): Promise<void> {
    return this.pools.remove(name);
  }
}
