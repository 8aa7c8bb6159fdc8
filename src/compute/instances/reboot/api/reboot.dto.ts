import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { REBOOT_TYPES, type RebootType } from '../../../../drivers';
import { IsOptionalNonNull } from '../../../../platform/http/validation/is-optional-non-null';

export class RebootDto {
  @ApiPropertyOptional({
    enum: REBOOT_TYPES,
    default: 'soft',
    description:
      '`soft` shuts the guest down, and ends it if that takes too long; `hard` ends it at once, like a power cut',
  })
  @IsOptionalNonNull()
  @IsIn(REBOOT_TYPES)
  readonly type?: RebootType;
}
