import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { INSTANCE_TYPES, type InstanceType } from '../../../../drivers/port/instance-type';
import type { GuestAddress, PublishedPort, Readiness } from '../../../../drivers';
import { OPERATION_TYPES } from '../../../operations';
import { ALL_STATUSES, type Activity, type Instance, type InstanceStatus } from '../../instance';
import { withShownFields } from './plain-fields';
import { GuestReadinessDto } from '../../readiness/api/readiness.dto';

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

export class GuestAddressDto implements GuestAddress {
  @ApiProperty({ example: '172.18.0.2' })
  readonly address!: string;

  @ApiProperty({ enum: ['ipv4', 'ipv6'], example: 'ipv4' })
  readonly family!: 'ipv4' | 'ipv6';

  @ApiProperty({ example: 'uim-tenant-a', description: 'Name of the network at the engine' })
  readonly network!: string;

  @ApiProperty({
    type: 'string',
    nullable: true,
    example: '02:42:ac:12:00:02',
    description: 'Null if the engine does not report it',
  })
  readonly mac!: string | null;
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

  @ApiProperty({ enum: ALL_STATUSES, example: 'running', description: '`deleted` only if it is retained' })
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
    type: [GuestAddressDto],
    example: [],
    description:
      'Addresses of the guest, as its engine reports them; empty if it does not run, or the engine does not know them',
  })
  readonly addresses!: readonly GuestAddressDto[];

  @ApiProperty({
    type: 'string',
    nullable: true,
    example: null,
    description: 'Why the instance is in error or did not become ready, or what it waits for',
  })
  readonly statusReason!: string | null;

  @ApiProperty({
    type: GuestReadinessDto,
    nullable: true,
    example: { kind: 'http', port: 80, path: '/health', timeoutSeconds: 300 },
    description:
      'How the service finds out whether the guest is ready; null if it is ready as soon as it runs',
  })
  readonly readiness!: Readiness | null;

  @ApiProperty({
    type: Boolean,
    nullable: true,
    example: true,
    description: 'Whether the guest was found ready since it was last started; null without `readiness`',
  })
  readonly ready!: boolean | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: 1767225604,
    description: 'Unix seconds; null if it is not ready',
  })
  readonly readyAt!: number | null;
}

/** For the OpenAPI document; the database generates the actual responses. */
export class InstanceDto extends withShownFields(InstanceMembers) implements Instance {
  @ApiProperty({ type: 'integer', example: 2, description: 'Increases with every change; also the ETag' })
  readonly version!: number;

  @ApiPropertyOptional({
    type: 'integer',
    example: 1767225600,
    description: 'When it was deleted, Unix seconds; only of an instance that is retained',
  })
  readonly deletedAt?: number;

  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    example: 1767312000,
    description:
      'When the service deletes it for good, Unix seconds; null once that has begun; only of an instance that is retained',
  })
  readonly purgeAt?: number | null;
}

const ACTIVITY: Activity = {
  operationId: '019342d0-3f7a-7c11-9a57-0c5f2d1b8e10',
  type: 'stop',
  status: 'running',
  progress: null,
  since: 1767225602,
};

export class ActivityDto implements Activity {
  @ApiProperty({ format: 'uuid', example: ACTIVITY.operationId })
  readonly operationId!: string;

  @ApiProperty({ enum: OPERATION_TYPES.filter((type) => type !== 'cleanup'), example: ACTIVITY.type })
  readonly type!: Activity['type'];

  @ApiProperty({ enum: ['pending', 'running'], example: ACTIVITY.status })
  readonly status!: Activity['status'];

  @ApiProperty({
    type: 'string',
    nullable: true,
    maxLength: 200,
    example: ACTIVITY.progress,
    description: 'Progress reported by the engine; null if none was reported',
  })
  readonly progress!: string | null;

  @ApiProperty({
    type: 'integer',
    example: ACTIVITY.since,
    description: 'When it was requested, Unix seconds',
  })
  readonly since!: number;
}

export class InstanceDetailsDto extends InstanceDto {
  @ApiProperty({
    type: [String],
    example: ['consoleLog', 'stats'],
    description: 'What the engine can do with the instance; requests that need anything else are refused',
  })
  readonly abilities!: readonly string[];

  @ApiProperty({
    type: ActivityDto,
    nullable: true,
    example: ACTIVITY,
    description: 'The operation in progress, such as a stop or a delete; null if there is none',
  })
  readonly activity!: ActivityDto | null;

  @ApiProperty({
    example: false,
    description: 'Whether a schedule takes snapshots of it: `GET /instances/{id}/snapshot-schedule`',
  })
  readonly hasSnapshotSchedule!: boolean;
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
