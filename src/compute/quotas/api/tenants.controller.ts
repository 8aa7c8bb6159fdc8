import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { nextLink } from '../../../platform/http/responses/next-link';
import { Operator } from '../../../access/tenancy';
import { toQuota } from './quota.dto';
import { ListTenantsQuery, type TenantListDto } from './tenants.dto';
import { ApiListTenants } from './quotas.openapi';
import { QuotasService } from '../quotas.service';

const PATH = 'api/v1/compute/tenants';

@ApiTags('quotas')
@Operator()
@Controller(PATH)
export class TenantsController {
  constructor(private readonly quotas: QuotasService) {}

  @Get()
  @ApiListTenants()
  async list(
    @Query() query: ListTenantsQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TenantListDto> {
    const { tenants, nextPageToken } = await this.quotas.tenants(query);
    response.set(nextLink(`/${PATH}`, query, nextPageToken));
    return { tenants: tenants.map(toQuota), ...(nextPageToken !== undefined && { nextPageToken }) };
  }
}
