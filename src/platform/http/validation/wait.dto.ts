import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { MAX_WAIT_SECONDS } from '../requests/prefer';

const DEFAULT_SECONDS = 30;

/** How long a request waits. */
export class WaitQuery {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: MAX_WAIT_SECONDS,
    default: DEFAULT_SECONDS,
    description: 'Maximum wait in seconds; 0 returns immediately',
  })
  @Transform(({ value }: { value: unknown }) => (/^\d{1,9}$/.test(String(value)) ? Number(value) : value))
  @Min(0)
  @Max(MAX_WAIT_SECONDS)
  @IsInt()
  readonly timeoutSeconds: number = DEFAULT_SECONDS;
}
