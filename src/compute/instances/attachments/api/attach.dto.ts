import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';
import { IsText } from '../../../../platform/http/validation/is-text';
import { given, networkToMake, volumeToMake, type AttachmentSpec } from '../attachment';
import { IsOptionalNonNull } from '../../../../platform/http/validation/is-optional-non-null';
import { IsCidr, MAX_ID } from '../../api/dto/create-instance.dto';
import { ValidationFailedError } from '../../../../platform/errors/service.errors';

export class AttachNetworkDto {
  @ApiPropertyOptional({ description: 'An existing one', example: '7c9e6679-7425-40de-944b-e07fc1f90ae7' })
  @IsOptionalNonNull()
  @IsText({ min: 1, max: MAX_ID })
  readonly networkId?: string;

  @ApiPropertyOptional({ maxLength: 255, example: 'web-network' })
  @IsOptionalNonNull()
  @IsText({ min: 1, max: 255 })
  readonly name?: string;

  @ApiPropertyOptional({ description: 'Network to create, instead of networkId', example: '10.0.1.0/24' })
  @IsOptionalNonNull()
  @IsCidr()
  readonly cidr?: string;
}

export class AttachVolumeDto {
  @ApiPropertyOptional({ description: 'An existing one', example: '7c9e6679-7425-40de-944b-e07fc1f90ae7' })
  @IsOptionalNonNull()
  @IsText({ min: 1, max: MAX_ID })
  readonly volumeId?: string;

  @ApiPropertyOptional({ maxLength: 255, example: 'web-disk' })
  @IsOptionalNonNull()
  @IsText({ min: 1, max: 255 })
  readonly name?: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: 65536,
    description: 'Volume to create, instead of volumeId',
    example: 50,
  })
  @IsOptionalNonNull()
  @Min(1)
  @Max(65_536)
  @IsInt()
  readonly sizeGB?: number;
}

/** @throws {ValidationFailedError} if neither or both are given. */
export function plannedNetwork({ networkId, name, cidr }: AttachNetworkDto): AttachmentSpec {
  if (networkId !== undefined && cidr === undefined && name === undefined) return given('network', networkId);
  if (networkId === undefined && cidr !== undefined) {
    return networkToMake({ cidr, ...(name !== undefined && { name }) });
  }
  throw eitherOr('networkId', 'cidr');
}

/** @throws {ValidationFailedError} if neither or both are given. */
export function plannedVolume({ volumeId, name, sizeGB }: AttachVolumeDto): AttachmentSpec {
  if (volumeId !== undefined && sizeGB === undefined && name === undefined) return given('volume', volumeId);
  if (volumeId === undefined && sizeGB !== undefined) {
    return volumeToMake({ sizeGB, ...(name !== undefined && { name }) });
  }
  throw eitherOr('volumeId', 'sizeGB');
}

function eitherOr(id: string, size: string): ValidationFailedError {
  return new ValidationFailedError([
    { field: id, message: `pass either ${id}, or ${size} and optionally a name` },
  ]);
}
