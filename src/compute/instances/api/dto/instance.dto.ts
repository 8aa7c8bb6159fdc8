import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { INSTANCE_TYPES, type InstanceType } from '../../../../drivers/port/instance-type';
import type { PublishedPort } from '../../../../drivers';
import { INSTANCE_STATUSES, type Instance, type InstanceStatus } from '../../instance';
import { withShownFields } from './plain-fields';

export class PublishedPortDto implements PublishedPort {
  @ApiProperty({ type: 'integer', example: 80, description: 'Port number in the guest' })
  readonly port!: number;

  @ApiProperty({ enum: ['tcp', 'udp'], example: 'tcp' })
  readonly protocol!: 'tcp' | 'udp';

  @ApiProperty({ example: '127.0.0.1' })
  readonly address!: string;

  @ApiProperty({ type: 'integer', example: 32768, description: 'Port number at that address' })
  readonly hostPort!: number;
}

class InstanceMembers {
  @ApiProperty({ format: 'uuid', example: '019342d0-3f79-7d02-8b1a-77c3a0e5f2a4' })
  readonly id!: string;

  @ApiProperty({ example: 'web-server' })
  readonly name!: string;

  @ApiProperty({ example: 'tenant-a' })
  readonly tenantId!: string;

  @ApiProperty({ enum: INSTANCE_TYPES, example: 'vm' })
  readonly type!: InstanceType;

  @ApiProperty({ example: 'medium' })
  readonly flavor!: string;

  @ApiProperty({ enum: INSTANCE_STATUSES, example: 'running' })
  readonly status!: InstanceStatus;

  @ApiProperty({ example: 'ubuntu-22.04' })
  readonly imageId!: string;

  @ApiProperty({ type: [String], example: [] })
  readonly networkIds!: string[];

  @ApiProperty({ type: [String], example: [] })
  readonly volumeIds!: string[];

  @ApiProperty({ type: 'integer', example: 1767225600, description: 'Unix seconds' })
  readonly createdAt!: number;

  @ApiProperty({ type: 'integer', example: 1767225602, description: 'Unix seconds' })
  readonly updatedAt!: number;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { application: 'nginx' },
  })
  readonly metadata!: Record<string, string>;

  @ApiProperty({
    type: [PublishedPortDto],
    example: [],
    description: 'Host addresses of the published ports',
  })
  readonly ports!: readonly PublishedPortDto[];

  @ApiProperty({
    type: 'string',
    nullable: true,
    example: null,
    description: 'Why the instance is in error, or what it waits for',
  })
  readonly statusReason!: string | null;
}

/** For the OpenAPI document; the database generates the actual responses. */
export class InstanceDto extends withShownFields(InstanceMembers) implements Instance {
  @ApiProperty({ type: 'integer', example: 2, description: 'Increases with every change; also the ETag' })
  readonly version!: number;
}

export class InstanceDetailsDto extends InstanceDto {
  @ApiProperty({
    type: [String],
    example: ['consoleLog', 'stats'],
    description: 'What the engine of the instance can do; requests that need anything else are refused',
  })
  readonly abilities!: readonly string[];
}

/** Response to a create with `count`. */
export class CreatedInstancesDto {
  @ApiProperty({ type: [InstanceDto] })
  readonly instances!: readonly InstanceDto[];

  @ApiProperty({
    type: [String],
    format: 'uuid',
    description: 'Ids of the create operations, in the order of the instances',
  })
  readonly operationIds!: readonly string[];
}

export class InstanceListDto {
  @ApiProperty({ type: [InstanceDto] })
  readonly instances!: readonly InstanceDto[];

  @ApiPropertyOptional({ description: 'Present if there are more results; pass it as `pageToken`' })
  readonly nextPageToken?: string;
}
