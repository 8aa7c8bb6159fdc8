import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsUUID, Matches } from 'class-validator';
import { OWN_ID } from '../../../../images';
import { IsOptionalNonNull } from '../../../../../platform/http/validation/is-optional-non-null';
import { IsText } from '../../../../../platform/http/validation/is-text';
import type { NewImage } from '../publishing.repository';

const MAX_NAME = 255;
const MAX_DESCRIPTION = 1000;

export class PublishImageDto {
  @ApiProperty({
    format: 'uuid',
    example: '019342d0-3f7b-7e21-8c3d-5a6b7c8d9e0f',
    description: 'An available snapshot of the tenant',
  })
  @IsUUID()
  readonly snapshotId!: string;

  @ApiProperty({
    pattern: OWN_ID.source,
    example: 'web-golden',
    description: 'Value for `imageId` of new instances',
  })
  @Matches(OWN_ID, {
    message:
      'id must be 1 to 255 letters, digits, ".", "_" or "-", begin with a letter or digit and not contain ".."',
  })
  readonly id!: string;

  @ApiProperty({ minLength: 1, maxLength: MAX_NAME, example: 'Web server, hardened' })
  @IsText({ min: 1, max: MAX_NAME })
  readonly name!: string;

  @ApiPropertyOptional({ maxLength: MAX_DESCRIPTION, default: '', example: 'Built on 2026-11-30' })
  @IsOptionalNonNull()
  @IsText({ max: MAX_DESCRIPTION })
  readonly description: string = '';
}

export function toNewImage({ snapshotId, id, name, description }: PublishImageDto): NewImage {
  return { snapshotId: snapshotId.toLowerCase(), id, name, description };
}
