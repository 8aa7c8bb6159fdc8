import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsText } from '../../../platform/http/validation/is-text';
import { ALL_STATUSES, type InstanceStatus } from '../../instances';
import type { InstanceEvent } from '../event';

export class InstanceEventDto implements InstanceEvent {
  @ApiProperty({ format: 'uuid', example: '019342d0-3f79-7d02-8b1a-77c3a0e5f2a4' })
  readonly instanceId!: string;

  @ApiProperty({
    type: 'integer',
    example: 2,
    description: 'Version of the instance; each version has one event',
  })
  readonly version!: number;

  @ApiProperty({ example: 'create.succeeded' })
  readonly type!: string;

  @ApiProperty({ enum: ALL_STATUSES, nullable: true, example: 'creating' })
  readonly from!: InstanceStatus | null;

  @ApiProperty({
    enum: ALL_STATUSES,
    nullable: true,
    example: 'running',
    description: 'Null if the instance was deleted',
  })
  readonly to!: InstanceStatus | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    example: null,
    description: 'Cause, or the resource that the event is about',
  })
  readonly reason!: string | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    example: 'tenant:tenant-a',
    description:
      'Who requested the change: `user:` and the subject of a token, `tenant:` and its id, `operator`, or `system:` and a component of the service',
  })
  readonly actor!: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: '5f0c8f5e-0f0b-4a70-9c39-3ef1d5a3a6b1' })
  readonly requestId!: string | null;

  @ApiProperty({
    type: 'string',
    format: 'uuid',
    nullable: true,
    example: '019342d0-3f7a-7c11-9a57-0c5f2d1b8e10',
  })
  readonly operationId!: string | null;

  @ApiProperty({ type: 'integer', example: 1767225600, description: 'Unix seconds' })
  readonly at!: number;
}

export class InstanceEventListDto {
  @ApiProperty({ type: [InstanceEventDto] })
  readonly events!: readonly InstanceEventDto[];

  @ApiPropertyOptional({ description: 'Present if there are more results; pass it as `pageToken`' })
  readonly nextPageToken?: string;
}

export class FollowEventsQuery {
  @ApiPropertyOptional({ description: 'For clients that cannot set Last-Event-ID' })
  @IsOptional()
  @IsText({ min: 1, max: 8192 })
  readonly lastEventId?: string;
}
