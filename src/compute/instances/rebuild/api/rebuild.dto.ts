import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';
import { IsText } from '../../../../platform/http/validation/is-text';
import { MAX_ID } from '../../api/dto/create-instance.dto';
import { IsUserData, MAX_USER_DATA } from '../../api/dto/guest.dto';

export class RebuildDto {
  @ApiProperty({
    maxLength: MAX_ID,
    example: 'debian-12',
    description:
      'The new image, as when an instance is created; the present one gives the instance a fresh disk. One that the tenant has published must be on the host of the instance',
  })
  @IsText({ max: MAX_ID })
  readonly imageId!: string;

  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    maxLength: MAX_USER_DATA,
    example: '#cloud-config\npackages: [nginx]\n',
    description:
      'New user data for cloud-init, only for type vm; never returned. By default, it stays as it is; `null` removes it',
  })
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsUserData()
  readonly userData?: string | null;
}
