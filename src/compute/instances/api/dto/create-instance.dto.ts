import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsUUID,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { INSTANCE_TYPES, type InstanceType } from '../../../../drivers/port/instance-type';
import { IsOptionalNonNull } from '../../../../platform/http/validation/is-optional-non-null';
import { IsText } from '../../../../platform/http/validation/is-text';
import { MAX_ATTACHMENTS } from '../../attachments/attachment';
import { GuestDto } from './guest.dto';
import { IsMetadata } from './metadata.validator';
import { GuestReadinessDto } from '../../readiness/api/readiness.dto';
import { withCreatedFields } from './plain-fields';

export const MAX_ID = 255;
const OCTET = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const CIDR = new RegExp(`^${OCTET}(\\.${OCTET}){3}/(3[0-2]|[12]?\\d)$`);

export const IsCidr = (): PropertyDecorator => Matches(CIDR, { message: 'cidr must look like 10.0.1.0/24' });

/** Ids of resources to attach, without duplicates. */
const IdList = (): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: [String], maxItems: MAX_ATTACHMENTS, example: [] }),
    IsOptionalNonNull(),
    IsArray(),
    ArrayMaxSize(MAX_ATTACHMENTS),
    ArrayUnique(),
    IsText({ min: 1, max: MAX_ID }, { each: true }),
  );

export class CreateNetworkDto {
  @ApiPropertyOptional({ maxLength: 255, example: 'web-network' })
  @IsOptionalNonNull()
  @IsText({ min: 1, max: 255 })
  readonly name?: string;

  @ApiProperty({ example: '10.0.1.0/24' })
  @IsCidr()
  readonly cidr!: string;

  @ApiPropertyOptional({ default: false })
  @IsOptionalNonNull()
  @IsBoolean()
  readonly deleteOnTermination?: boolean;
}

export class CreateVolumeDto {
  @ApiPropertyOptional({ maxLength: 255, example: 'web-disk' })
  @IsOptionalNonNull()
  @IsText({ min: 1, max: 255 })
  readonly name?: string;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 65536, example: 50 })
  @Min(1)
  @Max(65_536)
  @IsInt()
  readonly sizeGB!: number;

  @ApiPropertyOptional({ default: 'block', example: 'block' })
  @IsOptionalNonNull()
  @IsText({ min: 1, max: 64 })
  readonly type?: string;

  @ApiPropertyOptional({ default: false })
  @IsOptionalNonNull()
  @IsBoolean()
  readonly deleteOnTermination?: boolean;
}

class CreateInstanceMembers extends GuestDto {
  @ApiProperty({ minLength: 1, maxLength: 255, example: 'web-server' })
  @IsText({ min: 1, max: 255 })
  readonly name!: string;

  @ApiProperty({ description: 'Name of a flavor, see GET /flavors', example: 'medium' })
  @IsText({ min: 1, max: 255 })
  readonly flavor!: string;

  @ApiPropertyOptional({ enum: INSTANCE_TYPES, default: 'vm', example: 'vm' })
  @IsOptionalNonNull()
  @IsIn(INSTANCE_TYPES)
  readonly type: InstanceType = 'vm';

  @ApiPropertyOptional({
    maxLength: 255,
    default: '',
    example: 'ubuntu-22.04',
    description:
      'An id from GET /images; one that the tenant has published creates the instance from its snapshot, like `sourceSnapshotId`. Or, for container engines, the name of an OCI image. Required unless the driver for `type` ignores images, as the simulated one does.',
  })
  @IsOptionalNonNull()
  @IsText({ max: MAX_ID })
  readonly imageId: string = '';

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string', maxLength: 1024 },
    maxProperties: 64,
    example: { application: 'nginx' },
  })
  @IsOptionalNonNull()
  // The raw value: class-transformer would copy the object and drop some keys.
  @Transform(({ obj }: { obj: Record<string, unknown> }) => obj['metadata'])
  @IsMetadata({ isPatch: false })
  readonly metadata: Record<string, string> = {};
}

export class CreateInstanceDto extends withCreatedFields(CreateInstanceMembers) {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: 100,
    description:
      'Creates this number of instances, all or none, named `<name>-1`, `<name>-2` and so on; the response is a list',
  })
  @IsOptionalNonNull()
  @Min(1)
  @Max(100)
  @IsInt()
  readonly count?: number;

  @ApiPropertyOptional({
    type: GuestReadinessDto,
    description:
      'How the service finds out whether the guest is ready; by default, it is ready as soon as it runs',
  })
  @IsOptionalNonNull()
  @ValidateNested()
  @IsObject()
  @Type(() => GuestReadinessDto)
  readonly readiness?: GuestReadinessDto;

  @ApiPropertyOptional({
    format: 'uuid',
    example: '019342d0-3f7b-7e21-8c3d-5a6b7c8d9e0f',
    description:
      'A snapshot to create the instance from, instead of an image; on its engine and host, with its `type` and a flavor whose disk is not smaller',
  })
  @IsOptionalNonNull()
  @IsUUID()
  readonly sourceSnapshotId?: string;

  @ApiPropertyOptional({
    description:
      'Only with `sourceSnapshotId`: the guest goes on from the memory in the snapshot instead of booting. The flavor must have the same `vcpus` and `ramGB`',
  })
  @IsOptionalNonNull()
  @IsBoolean()
  readonly resume?: boolean;

  @IdList()
  readonly networkIds: string[] = [];

  @IdList()
  readonly volumeIds: string[] = [];

  @ApiPropertyOptional({ type: CreateNetworkDto, description: 'Network to create for this instance' })
  @IsOptionalNonNull()
  @IsObject()
  @ValidateNested()
  @Type(() => CreateNetworkDto)
  readonly createNetwork?: CreateNetworkDto;

  @ApiPropertyOptional({ type: CreateVolumeDto, description: 'Volume to create for this instance' })
  @IsOptionalNonNull()
  @IsObject()
  @ValidateNested()
  @Type(() => CreateVolumeDto)
  readonly createVolume?: CreateVolumeDto;
}
