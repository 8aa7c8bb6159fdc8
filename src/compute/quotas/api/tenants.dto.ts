import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { LimitQuery } from '../../../platform/http/validation/paging.dto';
import { IsText } from '../../../platform/http/validation/is-text';
import { QuotaDto } from './quota.dto';
import { MAX_PAGE } from '../../../platform/values/paging';

const DEFAULT_PAGE = 100;
/** Longer than the token of any tenant. */
const MAX_TOKEN = 256;

export class ListTenantsQuery extends LimitQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_PAGE, default: DEFAULT_PAGE })
  override readonly limit: number = DEFAULT_PAGE;

  @ApiPropertyOptional({ description: '`nextPageToken` of the previous page' })
  @IsOptional()
  @IsText({ min: 1, max: MAX_TOKEN })
  readonly pageToken?: string;
}

export class TenantListDto {
  @ApiProperty({ type: [QuotaDto] })
  readonly tenants!: readonly QuotaDto[];

  @ApiPropertyOptional({ description: 'Present if there are more results; pass it as `pageToken`' })
  readonly nextPageToken?: string;
}
