import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, Matches, Max, Min, ValidateBy, type ValidationArguments } from 'class-validator';
import { IsOptionalNonNull } from '../../../platform/http/validation/is-optional-non-null';
import { IsText } from '../../../platform/http/validation/is-text';
import { MAX_SIZE, type Flavor, type NewFlavor } from '../flavor';

const NAME = /^[a-z0-9][a-z0-9._-]{0,62}$/;
const MAX_DESCRIPTION = 255;

export class FlavorDto {
  @ApiProperty({ example: 'medium' })
  readonly name!: string;

  @ApiProperty({ type: 'integer', minimum: 1, example: 2, description: 'Number of virtual CPUs' })
  readonly vcpus!: number;

  @ApiProperty({ type: 'integer', minimum: 1, example: 4, description: 'Memory in GB' })
  readonly ramGB!: number;

  @ApiProperty({ type: 'integer', minimum: 1, example: 40, description: 'Disk in GB' })
  readonly diskGB!: number;

  @ApiProperty({ example: 'Suitable for web applications', description: 'Purpose of the flavor' })
  readonly description!: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    example: 1,
    description: 'Number of GPUs; absent if it has no GPUs',
  })
  readonly gpus?: number;

  @ApiPropertyOptional({
    example: 'nvidia-l40s',
    description: 'GPU model; absent if any model is acceptable',
  })
  readonly gpuModel?: string;

  @ApiPropertyOptional({
    example: true,
    description: 'True if the flavor is retired: existing instances keep it, new ones cannot use it',
  })
  readonly retired?: boolean;
}

export class FlavorListDto {
  @ApiProperty({ type: [FlavorDto] })
  readonly flavors!: readonly FlavorDto[];
}

/** Omits the GPU members of flavors without GPUs, whose format predates them. */
export function toResponse(flavor: Flavor): FlavorDto {
  const { name, vcpus, ramGB, diskGB, description, gpus, gpuModel, isRetired } = flavor;
  return {
    name,
    vcpus,
    ramGB,
    diskGB,
    description,
    ...(gpus > 0 && { gpus, ...(gpuModel !== null && { gpuModel }) }),
    ...(isRetired && { retired: true }),
  };
}

const OnlyWithGpus = (): PropertyDecorator =>
  ValidateBy({
    name: 'onlyWithGpus',
    validator: {
      validate: (_, args?: ValidationArguments) => {
        const flavor: object = args?.object ?? {};
        return 'gpus' in flavor && typeof flavor.gpus === 'number' && flavor.gpus > 0;
      },
      defaultMessage: () => 'gpuModel requires gpus of 1 or more',
    },
  });

export class CreateFlavorDto {
  @ApiProperty({ pattern: NAME.source, example: 'gpu-large' })
  @Matches(NAME, {
    message:
      'name must be 1 to 63 lower-case letters, digits, ".", "_" or "-", and begin with a letter or digit',
  })
  readonly name!: string;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: MAX_SIZE.vcpus, example: 8 })
  @Min(1)
  @Max(MAX_SIZE.vcpus)
  @IsInt()
  readonly vcpus!: number;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: MAX_SIZE.ramGB, example: 64 })
  @Min(1)
  @Max(MAX_SIZE.ramGB)
  @IsInt()
  readonly ramGB!: number;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: MAX_SIZE.diskGB, example: 200 })
  @Min(1)
  @Max(MAX_SIZE.diskGB)
  @IsInt()
  readonly diskGB!: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: MAX_SIZE.gpus, default: 0, example: 1 })
  @IsOptionalNonNull()
  @Min(0)
  @Max(MAX_SIZE.gpus)
  @IsInt()
  readonly gpus: number = 0;

  @ApiPropertyOptional({ minLength: 1, maxLength: 63, example: 'nvidia-l40s' })
  @IsOptionalNonNull()
  @OnlyWithGpus()
  @IsText({ min: 1, max: 63 })
  readonly gpuModel?: string;

  @ApiPropertyOptional({ maxLength: MAX_DESCRIPTION, default: '', example: 'Suitable for inference' })
  @IsOptionalNonNull()
  @IsText({ max: MAX_DESCRIPTION })
  readonly description: string = '';
}

export function toNewFlavor(request: CreateFlavorDto): NewFlavor {
  const { name, vcpus, ramGB, diskGB, gpus, gpuModel = null, description } = request;
  return { name, vcpus, ramGB, diskGB, gpus, gpuModel, description };
}

/** Only the description can change: instances rely on the size. */
export class UpdateFlavorDto {
  @ApiProperty({ maxLength: MAX_DESCRIPTION, example: 'Suitable for training' })
  @IsText({ max: MAX_DESCRIPTION })
  readonly description!: string;
}
