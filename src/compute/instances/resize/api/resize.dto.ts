import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';
import { IsOptionalNonNull } from '../../../../platform/http/validation/is-optional-non-null';
import { IsText } from '../../../../platform/http/validation/is-text';

export class ResizeDto {
  @ApiProperty({ description: 'Name of the new flavor, see GET /flavors', example: 'large' })
  @IsText({ min: 1, max: 255 })
  readonly flavor!: string;

  @ApiPropertyOptional({
    default: false,
    description:
      'Whether a running instance may be stopped and started if the engine cannot resize it while it runs',
  })
  @IsOptionalNonNull()
  @IsBoolean()
  readonly allowRestart?: boolean;
}
