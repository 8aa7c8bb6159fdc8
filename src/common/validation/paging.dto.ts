import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsText } from './text';

export const MAX_PAGE = 1000;
/** What an answer may weigh: a thousand instances with full metadata would be eighty times this. */
export const MAX_PAGE_BYTES = 1_048_576;

/** How much of a list is asked for at once. */
export class LimitQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_PAGE, default: MAX_PAGE })
  @Transform(({ value }: { value: unknown }) => (/^\d{1,9}$/.test(String(value)) ? Number(value) : value))
  @Min(1)
  @Max(MAX_PAGE)
  @IsInt()
  readonly limit: number = MAX_PAGE;
}

/** The two members every list of rows takes. */
export class PagingQuery extends LimitQuery {
  @ApiPropertyOptional({ description: 'nextPageToken of the page before' })
  @IsOptional()
  @IsText({ min: 1, max: 64 })
  readonly pageToken?: string;
}
