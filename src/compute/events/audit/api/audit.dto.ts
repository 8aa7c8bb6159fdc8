import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { IsText } from '../../../../platform/http/validation/is-text';
import { LimitQuery } from '../../../../platform/http/validation/paging.dto';
import { MAX_PAGE } from '../../../../platform/values/paging';
import { IsTenantFilter } from '../../../instances';
import { InstanceEventDto } from '../../api/event.dto';
import { EXAMINED } from '../audit.repository';
import type { AuditEvent } from '../audit';

const DEFAULT_PAGE = 100;
/** Longest that the service accepts or creates. */
const MAX_TEXT = 255;
/** In Unix seconds; the year 9999. */
const MAX_TIME = 253_402_300_799;

const asNumber = ({ value }: { value: unknown }): unknown =>
  /^\d{1,12}$/.test(String(value)) ? Number(value) : value;

export class SearchAuditQuery extends LimitQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_PAGE, default: DEFAULT_PAGE })
  override readonly limit: number = DEFAULT_PAGE;

  @ApiPropertyOptional({ description: '`nextPageToken` of the previous page' })
  @IsOptional()
  @IsText({ min: 1, max: 64 })
  readonly pageToken?: string;

  @ApiPropertyOptional({ example: 'tenant-a', description: 'Tenant whose instances were changed' })
  @IsOptional()
  @IsTenantFilter()
  readonly tenantId?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Id of the changed instance, which may be deleted' })
  @IsOptional()
  @IsUUID()
  readonly instanceId?: string;

  @ApiPropertyOptional({ example: 'tenant:tenant-a', description: 'Who requested the change' })
  @IsOptional()
  @IsText({ min: 1, max: MAX_TEXT })
  readonly actor?: string;

  @ApiPropertyOptional({ description: 'Id of the request' })
  @IsOptional()
  @IsText({ min: 1, max: MAX_TEXT })
  readonly requestId?: string;

  @ApiPropertyOptional({ example: 'delete.requested', description: 'Type of the event' })
  @IsOptional()
  @IsText({ min: 1, max: MAX_TEXT })
  readonly type?: string;

  @ApiPropertyOptional({ type: 'integer', example: 1767225600, description: 'Not before, in Unix seconds' })
  @IsOptional()
  @Transform(asNumber)
  @Min(0)
  @Max(MAX_TIME)
  @IsInt()
  readonly since?: number;

  @ApiPropertyOptional({ type: 'integer', example: 1767312000, description: 'Not after, in Unix seconds' })
  @IsOptional()
  @Transform(asNumber)
  @Min(0)
  @Max(MAX_TIME)
  @IsInt()
  readonly until?: number;
}

export class AuditEventDto extends InstanceEventDto implements AuditEvent {
  @ApiProperty({ example: 'tenant-a' })
  readonly tenantId!: string;
}

export class AuditPageDto {
  @ApiProperty({ type: [AuditEventDto] })
  readonly events!: readonly AuditEventDto[];

  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: 1767225600,
    description: `Time of the oldest event that was examined, in Unix seconds; null if all were. A page ends after ${EXAMINED} events, however few of them match`,
  })
  readonly examinedTo!: number | null;

  @ApiPropertyOptional({
    description: 'Present unless all events were examined; pass it as `pageToken`',
  })
  readonly nextPageToken?: string;
}
