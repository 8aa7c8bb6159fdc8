import { Injectable, type ArgumentMetadata } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional } from 'class-validator';
import { INSTANCE_TYPES, type InstanceType } from '../../common/instance-type';
import { PagingQuery } from '../../common/validation/paging.dto';
import { StrictValidationPipe } from '../../common/validation/strict-validation.pipe';
import { IsText } from '../../common/validation/text';
import { INSTANCE_STATUSES, type InstanceStatus } from '../instance';
import { IsMetadata } from './metadata.validator';

const METADATA_PREFIX = 'metadata.';

/** Documented in `instances.openapi.ts`. */
class ListInstancesQuery extends PagingQuery {
  @IsOptional()
  @IsIn(INSTANCE_STATUSES)
  readonly status?: InstanceStatus;

  @IsOptional()
  @IsIn(INSTANCE_TYPES)
  readonly type?: InstanceType;

  @IsOptional()
  @IsText({ min: 1, max: 255 })
  readonly flavor?: string;

  @IsOptional()
  @IsText({ min: 1, max: 255 })
  readonly name?: string;

  /** Sent as one `metadata.<key>=<value>` parameter per pair. */
  @IsOptional()
  @Transform(({ obj }: { obj: Record<string, unknown> }) => obj['metadata'])
  @IsMetadata({ isPatch: false })
  readonly metadata?: Record<string, string>;
}

/** Collects `metadata.<key>` parameters into one member before validation. */
@Injectable()
export class ListInstancesPipe extends StrictValidationPipe {
  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    return super.transform(gather(value), { ...metadata, metatype: ListInstancesQuery });
  }
}

function gather(query: unknown): unknown {
  if (typeof query !== 'object' || query === null) return query;
  const pairs: [string, unknown][] = [];
  const others: [string, unknown][] = [];
  for (const [name, value] of Object.entries(query)) {
    if (name.startsWith(METADATA_PREFIX)) pairs.push([name.slice(METADATA_PREFIX.length), value]);
    else others.push([name === 'metadata' ? 'metadata.' : name, value]);
  }
  const rest = Object.fromEntries(others);
  return pairs.length === 0 ? rest : { ...rest, metadata: Object.fromEntries(pairs) };
}

export class DeleteInstanceQuery {
  @ApiPropertyOptional({
    enum: ['true', 'false'],
    description: 'Also deletes a running instance, and does not wait for platform services',
    default: 'false',
  })
  @IsOptional()
  @IsIn(['true', 'false'])
  readonly force?: 'true' | 'false';

  /** Read by the `Caller` decorator. */
  @ApiPropertyOptional({
    enum: ['true', 'false'],
    description: 'Only reports what would happen, like `Prefer: dry-run`',
    default: 'false',
  })
  @IsOptional()
  @IsIn(['true', 'false'])
  readonly dryRun?: 'true' | 'false';
}
