import { Body, Controller, Get, Param, Put, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { NoDryRunGuard } from '../../../platform/http/requests/dry-run';
import { NoIdempotencyKeyGuard } from '../../../access/idempotency';
import { ApiTenant, type Caller, CurrentCaller, Operator } from '../../../access/tenancy';
import { QuotaDto, SetQuotaDto, toQuota } from './quota.dto';
import { ApiGetQuota, ApiGetQuotaOf, ApiSetQuota } from './quotas.openapi';
import { QuotasService } from '../quotas.service';
import { TenantIdPipe } from './tenant-id.pipe';

@ApiTags('quotas')
@UseGuards(NoDryRunGuard)
@Controller('api/v1/compute/quotas')
export class QuotasController {
  constructor(private readonly quotas: QuotasService) {}

  @Get()
  @ApiTenant()
  @ApiGetQuota()
  async get(@CurrentCaller() { tenantId }: Caller): Promise<QuotaDto> {
    return toQuota(await this.quotas.account(tenantId));
  }

  @Get(':tenantId')
  @Operator()
  @ApiGetQuotaOf()
  async getOf(@Param('tenantId', TenantIdPipe) tenantId: string): Promise<QuotaDto> {
    return toQuota(await this.quotas.account(tenantId));
  }

  @Put(':tenantId')
  @Operator()
  @UseGuards(NoIdempotencyKeyGuard)
  @ApiSetQuota()
  async set(
    @Param('tenantId', TenantIdPipe) tenantId: string,
    @Body() limits: SetQuotaDto,
  ): Promise<QuotaDto> {
    return toQuota(await this.quotas.setLimits(tenantId, limits));
  }
}
