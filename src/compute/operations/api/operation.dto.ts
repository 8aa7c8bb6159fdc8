import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { PagingQuery } from '../../../platform/http/validation/paging.dto';
import { OPERATION_STATUSES, type Failure, type Operation, type OperationStatus } from '../operation';
import { OPERATION_TYPES, type OperationType } from '../operation-types';

export class FailureDto implements Failure {
  @ApiProperty({ example: 'engine_failed' })
  readonly code!: string;

  @ApiProperty({ example: 'no memory left on the host' })
  readonly message!: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    example: 5,
    description: 'Seconds after which the unchanged request can succeed',
  })
  readonly retryAfterSeconds?: number;
}

export class OperationDto implements Omit<Operation, 'resourceType' | 'resourceId'> {
  @ApiProperty({ format: 'uuid', example: '019342d0-3f7a-7c11-9a57-0c5f2d1b8e10' })
  readonly id!: string;

  @ApiProperty({ example: 'tenant-a' })
  readonly tenantId!: string;

  @ApiProperty({ format: 'uuid', example: '019342d0-3f79-7d02-8b1a-77c3a0e5f2a4' })
  readonly instanceId!: string;

  @ApiProperty({ enum: OPERATION_TYPES, example: 'create' })
  readonly type!: OperationType;

  @ApiProperty({ enum: OPERATION_STATUSES, example: 'succeeded' })
  readonly status!: OperationStatus;

  @ApiProperty({ type: 'integer', minimum: 0, example: 1, description: 'Number of attempts so far' })
  readonly attempts!: number;

  @ApiProperty({ type: FailureDto, nullable: true, description: 'Why it failed, or why it will be retried' })
  readonly error!: FailureDto | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    maxLength: 200,
    example: null,
    description: 'Progress reported by the engine; null if none was reported, or if the operation succeeded',
  })
  readonly progress!: string | null;

  @ApiProperty({ type: 'integer', example: 1767225600, description: 'Unix seconds' })
  readonly createdAt!: number;

  @ApiProperty({ type: 'integer', nullable: true, example: 1767225600, description: 'Unix seconds' })
  readonly startedAt!: number | null;

  @ApiProperty({ type: 'integer', nullable: true, example: 1767225602, description: 'Unix seconds' })
  readonly finishedAt!: number | null;

  @ApiProperty({
    type: 'string',
    format: 'uuid',
    nullable: true,
    example: null,
    description: 'The snapshot that it takes, uses or deletes; `instanceId` is then the instance of it',
  })
  readonly snapshotId!: string | null;
}

export class OperationListDto {
  @ApiProperty({ type: [OperationDto] })
  readonly operations!: readonly OperationDto[];

  @ApiPropertyOptional({ description: 'Present if there are more results; pass it as `pageToken`' })
  readonly nextPageToken?: string;
}

export class ListOperationsQuery extends PagingQuery {
  @ApiPropertyOptional({ enum: OPERATION_STATUSES, description: 'Status of the operations' })
  @IsOptional()
  @IsIn(OPERATION_STATUSES)
  readonly status?: OperationStatus;

  @ApiPropertyOptional({ format: 'uuid', description: 'Id of the instance that the operations change' })
  @IsOptional()
  @IsUUID()
  readonly instanceId?: string;
}

export function toOperationDto({ id, tenantId, ...operation }: Operation): OperationDto {
  const { instanceId, snapshotId, type, status, attempts, error, progress } = operation;
  const { createdAt, startedAt, finishedAt } = operation;
  return {
    id,
    tenantId,
    instanceId,
    type,
    status,
    attempts,
    error,
    progress,
    createdAt,
    startedAt,
    finishedAt,
    snapshotId,
  };
}
