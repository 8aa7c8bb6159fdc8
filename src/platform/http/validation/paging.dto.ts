import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsText } from './is-text';
import { MAX_PAGE } from '../../values/paging';

export const LIMIT_DESCRIPTION = 'Maximum size of the page';

/** Page size of a list. */
export class LimitQuery {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: MAX_PAGE,
    default: MAX_PAGE,
    description: LIMIT_DESCRIPTION,
  })
  @Transform(({ value }: { value: unknown }) => (/^\d{1,9}$/.test(String(value)) ? Number(value) : value))
  @Min(1)
  @Max(MAX_PAGE)
  @IsInt()
  readonly limit: number = MAX_PAGE;
}

/** Paging parameters of every list of rows. */
export class PagingQuery extends LimitQuery {
  @ApiPropertyOptional({ description: '`nextPageToken` of the previous page' })
  @IsOptional()
  @IsText({ min: 1, max: 64 })
  readonly pageToken?: string;
}
