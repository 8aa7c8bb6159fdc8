import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  Max,
  Min,
  ValidateBy,
  ValidateNested,
  type ValidationArguments,
} from 'class-validator';
import type { InstanceType } from '../../../../drivers/port/instance-type';
import { IsOptionalNonNull } from '../../../../platform/http/validation/is-optional-non-null';
import { IsText } from '../../../../platform/http/validation/is-text';
import type { GuestPort } from '../../../../drivers';
import { IsEnvironment, MAX_VARIABLE, MAX_VARIABLES } from './environment.validator';
import { IsSshKeys, WithoutFinalNewline } from './ssh-key.validator';
import { isText } from '../../../../platform/values/text';

const PROTOCOLS = ['tcp', 'udp'] as const;
const MAX_PORTS = 32;
const MAX_WORDS = 64;
const MAX_WORD = 4096;
const MAX_KEYS = 16;
export const MAX_USER_DATA = 65_536;

/** Rejects a member that only the other type of instance supports, instead of ignoring it. */
const OnlyFor = (type: InstanceType): PropertyDecorator =>
  ValidateBy({
    name: 'onlyFor',
    validator: {
      validate: (_, argument?: ValidationArguments) => {
        const request: object = argument?.object ?? {};
        return 'type' in request && request.type === type;
      },
      defaultMessage: (argument) => `${argument?.property ?? ''} requires type ${type}`,
    },
  });

export const IsUserData = (): PropertyDecorator =>
  ValidateBy({
    name: 'isUserData',
    validator: {
      validate: (value) => isText(value, 0, MAX_USER_DATA) && Buffer.byteLength(value) <= MAX_USER_DATA,
      defaultMessage: () => `userData must be text of at most ${MAX_USER_DATA} bytes`,
    },
  });

const Ports = (): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({
      type: () => [GuestPortDto],
      maxItems: MAX_PORTS,
      description: 'Ports of the guest to publish; `ports` of the instance shows their host addresses',
    }),
    IsOptionalNonNull(),
    // Evaluated bottom up: items are inspected only if the value is a list of objects.
    ArrayUnique(
      (port: GuestPort) => (port.hostPort === undefined ? port : `${port.hostPort}/${port.protocol}`),
      {
        message: 'ports must list each hostPort only once',
      },
    ),
    ArrayUnique(({ port, protocol }: GuestPort) => `${port}/${protocol}`, {
      message: 'ports must list each port only once',
    }),
    ValidateNested({ each: true }),
    IsObject({ each: true, message: 'ports must be a list of objects' }),
    ArrayMaxSize(MAX_PORTS),
    IsArray(),
    Type(() => GuestPortDto),
  );

export class GuestPortDto implements GuestPort {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 65_535, example: 80 })
  @Min(1)
  @Max(65_535)
  @IsInt()
  readonly port!: number;

  @ApiPropertyOptional({ enum: PROTOCOLS, default: 'tcp', example: 'tcp' })
  @IsOptionalNonNull()
  @IsIn(PROTOCOLS)
  readonly protocol: 'tcp' | 'udp' = 'tcp';

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: 65_535,
    example: 30_080,
    description:
      'Port of the host to publish it at, from the range that the operator has set (`HOST_PORTS`). The instance has it ' +
      'until it is deleted, even while it is stopped. By default, the engine chooses a port, which can change when ' +
      'the instance starts',
  })
  @IsOptionalNonNull()
  @Min(1)
  @Max(65_535)
  @IsInt()
  readonly hostPort?: number;
}

export class ContainerDto {
  @ApiPropertyOptional({
    type: [String],
    maxItems: MAX_WORDS,
    example: ['nginx', '-g', 'daemon off;'],
    description: 'Program and arguments, run without a shell; by default, those of the image',
  })
  @IsOptionalNonNull()
  @IsText({ max: MAX_WORD }, { each: true })
  @ArrayMaxSize(MAX_WORDS)
  @IsArray()
  readonly command?: string[];

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string', maxLength: MAX_VARIABLE },
    maxProperties: MAX_VARIABLES,
    example: { LOG_LEVEL: 'info' },
    description:
      'Environment variables; never returned. A name has 1 to 128 letters, digits, "_", "." or "-", and ' +
      'does not start with a digit',
  })
  @IsOptionalNonNull()
  // The raw value: class-transformer would copy the object and drop some keys.
  @Transform(({ obj }: { obj: Record<string, unknown> }) => obj['env'])
  @IsEnvironment()
  readonly env?: Record<string, string>;

  @Ports()
  readonly ports?: GuestPortDto[];
}

export class VmDto {
  @Ports()
  readonly ports?: GuestPortDto[];
}

/** The members of a new instance that configure its inside. */
export class GuestDto {
  @ApiPropertyOptional({ type: ContainerDto, description: 'Only for type container' })
  @IsOptionalNonNull()
  @ValidateNested()
  @IsObject()
  @OnlyFor('container')
  @Type(() => ContainerDto)
  readonly container?: ContainerDto;

  @ApiPropertyOptional({ type: VmDto, description: 'Only for type vm' })
  @IsOptionalNonNull()
  @ValidateNested()
  @IsObject()
  @OnlyFor('vm')
  @Type(() => VmDto)
  readonly vm?: VmDto;

  @ApiPropertyOptional({
    maxLength: MAX_USER_DATA,
    example: '#cloud-config\npackages: [nginx]\n',
    description: 'User data for cloud-init, passed unchanged; never returned',
  })
  @IsOptionalNonNull()
  @IsUserData()
  @OnlyFor('vm')
  readonly userData?: string;

  @ApiPropertyOptional({
    type: [String],
    maxItems: MAX_KEYS,
    example: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPHbF0 anna@desk'],
    description:
      'Lines of authorized_keys for the default user of the image, with or without options; ' +
      'one trailing line break is removed',
  })
  @IsOptionalNonNull()
  @IsSshKeys()
  @ArrayMaxSize(MAX_KEYS)
  @IsArray()
  @OnlyFor('vm')
  @WithoutFinalNewline()
  readonly sshKeys?: string[];
}
