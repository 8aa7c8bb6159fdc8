import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, IsUUID, ValidateIf } from 'class-validator';
import { INSTANCE_TYPES, type InstanceType } from '../../../../drivers/port/instance-type';
import { IsOptionalNonNull } from '../../../../platform/http/validation/is-optional-non-null';
import { IsText } from '../../../../platform/http/validation/is-text';
import { PagingQuery } from '../../../../platform/http/validation/paging.dto';
import { IsMetadata } from '../../api/dto/metadata.validator';
import { IsTenantFilter } from '../../api/dto/tenant-filter.validator';
import { SNAPSHOT_STATUSES, type Snapshot, type SnapshotStatus } from '../snapshot';
import { IsTime } from './time.validator';

const MAX_NAME = 255;
const EXPIRES_AT = {
  type: 'string',
  format: 'date-time',
  example: '2027-01-31T12:00:00Z',
} as const;

export class SnapshotDto implements Snapshot {
  @ApiProperty({ format: 'uuid', example: '019342d0-3f7b-7e21-8c3d-5a6b7c8d9e0f' })
  readonly id!: string;

  @ApiProperty({ example: 'before-upgrade' })
  readonly name!: string;

  @ApiProperty({ example: 'tenant-a' })
  readonly tenantId!: string;

  @ApiProperty({
    format: 'uuid',
    example: '019342d0-3f79-7d02-8b1a-77c3a0e5f2a4',
    description: 'The instance that it was taken of, which may be deleted',
  })
  readonly instanceId!: string;

  @ApiProperty({ enum: SNAPSHOT_STATUSES, example: 'available' })
  readonly status!: SnapshotStatus;

  @ApiProperty({
    type: 'string',
    nullable: true,
    example: null,
    description: 'Why it is in `error`, or what it is waiting for',
  })
  readonly statusReason!: string | null;

  @ApiProperty({ enum: INSTANCE_TYPES, example: 'vm', description: 'Type of the instance' })
  readonly type!: InstanceType;

  @ApiProperty({ example: 'medium', description: 'Flavor of the instance when the snapshot was taken' })
  readonly flavor!: string;

  @ApiProperty({ type: 'integer', example: 2 })
  readonly vcpus!: number;

  @ApiProperty({ type: 'integer', example: 4 })
  readonly ramGB!: number;

  @ApiProperty({ type: 'integer', example: 40 })
  readonly diskGB!: number;

  @ApiProperty({ type: 'integer', example: 0 })
  readonly gpus!: number;

  @ApiProperty({ example: 'ubuntu-22.04', description: 'Image of the instance when the snapshot was taken' })
  readonly imageId!: string;

  @ApiProperty({ example: false, description: 'Whether it contains the memory of the guest' })
  readonly includeMemory!: boolean;

  @ApiProperty({ example: false, description: 'Whether the guest wrote its data to the disk before' })
  readonly quiesce!: boolean;

  @ApiProperty({
    type: 'integer',
    format: 'int64',
    nullable: true,
    example: 734003200,
    description: 'Space at the engine; null if it is unknown',
  })
  readonly sizeBytes!: number | null;

  @ApiProperty({
    type: [String],
    example: [],
    description: 'Volumes that were attached to the instance; their data is not in the snapshot',
  })
  readonly excludedVolumeIds!: string[];

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, example: { release: '42' } })
  readonly metadata!: Record<string, string>;

  @ApiProperty({ ...EXPIRES_AT, nullable: true, description: 'When it is deleted; null if never' })
  readonly expiresAt!: string | null;

  @ApiProperty({
    ...{ type: 'string', format: 'date-time', nullable: true, example: null },
    description: 'When the schedule that took it was due; null if a request asked for it',
  })
  readonly scheduledFor!: string | null;

  @ApiProperty({ type: 'integer', example: 1767225600, description: 'Unix seconds' })
  readonly createdAt!: number;

  @ApiProperty({ type: 'integer', example: 1767225602, description: 'Unix seconds' })
  readonly updatedAt!: number;

  @ApiProperty({ type: 'integer', example: 2, description: 'Increases with every change; also the `ETag`' })
  readonly version!: number;
}

export class SnapshotListDto {
  @ApiProperty({ type: [SnapshotDto] })
  readonly snapshots!: readonly SnapshotDto[];

  @ApiPropertyOptional({ description: 'Present if there are more results; pass it as `pageToken`' })
  readonly nextPageToken?: string;
}

export class CreateSnapshotDto {
  @ApiProperty({ minLength: 1, maxLength: MAX_NAME, example: 'before-upgrade' })
  @IsText({ min: 1, max: MAX_NAME })
  readonly name!: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string', maxLength: 1024 },
    maxProperties: 64,
    example: { release: '42' },
  })
  @IsOptionalNonNull()
  @Transform(({ obj }: { obj: Record<string, unknown> }) => obj['metadata'])
  @IsMetadata({ isPatch: false })
  readonly metadata: Record<string, string> = {};

  @ApiPropertyOptional({
    default: false,
    description: 'Also stores the memory of the guest, which must be running or paused',
  })
  @IsOptionalNonNull()
  @IsBoolean()
  readonly includeMemory: boolean = false;

  @ApiPropertyOptional({
    default: false,
    description:
      'The guest writes its data to the disk and stops writing while the snapshot is taken; without it, the disk is as after a power failure',
  })
  @IsOptionalNonNull()
  @IsBoolean()
  readonly quiesce: boolean = false;

  @ApiPropertyOptional({
    ...EXPIRES_AT,
    description: 'When the snapshot is deleted, in the future (RFC 3339)',
  })
  @IsOptionalNonNull()
  @IsTime()
  readonly expiresAt?: string;
}

/** A JSON merge patch (RFC 7396): absent members stay; null removes a pair of the metadata, or all of it. */
export class UpdateSnapshotDto {
  @ApiPropertyOptional({ minLength: 1, maxLength: MAX_NAME, example: 'before-upgrade-42' })
  @IsOptionalNonNull()
  @IsText({ min: 1, max: MAX_NAME })
  readonly name?: string;

  @ApiPropertyOptional({
    type: 'object',
    nullable: true,
    additionalProperties: { type: 'string', maxLength: 1024, nullable: true },
    example: { release: null },
  })
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @Transform(({ obj }: { obj: Record<string, unknown> }) => obj['metadata'])
  @IsMetadata({ isPatch: true })
  readonly metadata?: Record<string, string | null> | null;

  @ApiPropertyOptional({
    ...EXPIRES_AT,
    nullable: true,
    description: 'When the snapshot is deleted, in the future (RFC 3339); null if never',
  })
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsTime()
  readonly expiresAt?: string | null;
}

export class RestoreDto {
  @ApiProperty({
    format: 'uuid',
    example: '019342d0-3f7b-7e21-8c3d-5a6b7c8d9e0f',
    description: 'A snapshot of this instance',
  })
  @IsUUID()
  readonly snapshotId!: string;

  @ApiPropertyOptional({
    default: false,
    description: 'The guest goes on from the memory in the snapshot instead of booting',
  })
  @IsOptionalNonNull()
  @IsBoolean()
  readonly resume: boolean = false;
}

/** Filters of the snapshots of one instance. */
export class ListInstanceSnapshotsQuery extends PagingQuery {
  @ApiPropertyOptional({ enum: SNAPSHOT_STATUSES, description: 'Status of the snapshots' })
  @IsOptional()
  @IsIn(SNAPSHOT_STATUSES)
  readonly status?: SnapshotStatus;

  @ApiPropertyOptional({ description: 'Exact name' })
  @IsOptional()
  @IsText({ min: 1, max: MAX_NAME })
  readonly name?: string;
}

export class ListSnapshotsQuery extends ListInstanceSnapshotsQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'Id of the instance that they were taken of' })
  @IsOptional()
  @IsUUID()
  readonly instanceId?: string;

  @ApiPropertyOptional({
    type: 'boolean',
    description: 'Operators: the snapshots of all tenants. Excludes `tenantId`',
  })
  @IsOptional()
  @IsIn(['true', 'false'])
  readonly allTenants?: 'true' | 'false';

  @ApiPropertyOptional({ description: 'Operators: the snapshots of this tenant' })
  @IsOptional()
  @IsTenantFilter()
  readonly tenantId?: string;
}

/** The result of a dry run. */
export class SnapshotDryRunDto {
  @ApiProperty({ enum: [true], example: true, description: 'Nothing was changed' })
  readonly dryRun!: true;

  @ApiProperty({ enum: ['snapshot', 'delete_snapshot'], example: 'snapshot' })
  readonly action!: string;

  @ApiProperty({
    enum: ['available', 'deleted'],
    example: 'available',
    description: 'Status that the snapshot would reach',
  })
  readonly becomes!: string;

  @ApiProperty({
    type: SnapshotDto,
    description: 'The snapshot as it would be right after the request; the id of a new one is not reserved',
  })
  readonly snapshot!: SnapshotDto;
}
