import { Injectable, type ArgumentMetadata } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { INSTANCE_TYPES, type InstanceType } from '../../../../drivers/port/instance-type';
import { PagingQuery } from '../../../../platform/http/validation/paging.dto';
import { StrictValidationPipe } from '../../../../platform/http/validation/strict-validation.pipe';
import { IsDuration } from '../../../../platform/http/validation/is-duration';
import { IsOptionalNonNull } from '../../../../platform/http/validation/is-optional-non-null';
import { IsText } from '../../../../platform/http/validation/is-text';
import { INSTANCE_STATUSES, type InstanceStatus } from '../../instance';
import { IsMetadata } from './metadata.validator';
import { withFilterFields } from './plain-fields';
import { IsTenantFilter } from './tenant-filter.validator';

/** `metadata.<key>`, or `metadata[<key>]`, which clients generated from the OpenAPI document send. */
const METADATA = /^metadata(?:\.(.*)|\[(.*)\])$/s;

/** Documented in `list-instances.openapi.ts`. */
class ListInstancesQuery extends withFilterFields(PagingQuery) {
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

  /** Few characters would match many instances. */
  @IsOptional()
  @Matches(/^[\da-f-]{4,36}$/i, { message: '$property must be 4 to 36 characters of an id' })
  readonly id?: string;

  @IsOptional()
  @IsIn(['true', 'false'])
  readonly deleted?: 'true' | 'false';

  @IsOptional()
  @IsIn(['true', 'false'])
  readonly allTenants?: 'true' | 'false';

  @IsOptional()
  @IsTenantFilter()
  readonly tenantId?: string;

  /** Sent as one parameter per pair. */
  @IsOptional()
  @Transform(({ obj }: { obj: Record<string, unknown> }) => obj['metadata'])
  @IsMetadata({ isPatch: false })
  readonly metadata?: Record<string, string>;
}

/** Collects the metadata parameters into one member before validation. */
@Injectable()
export class ListInstancesPipe extends StrictValidationPipe {
  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    return super.transform(gather(value), { ...metadata, metatype: ListInstancesQuery });
  }
}

function gather(query: unknown): unknown {
  if (typeof query !== 'object' || query === null) return query;
  const pairs = new Map<string, unknown>();
  const others: [string, unknown][] = [];
  for (const [name, value] of Object.entries(query)) {
    const [, dotted, bracketed] = METADATA.exec(name) ?? [];
    const key = dotted ?? bracketed;
    if (key === undefined) others.push([name === 'metadata' ? 'metadata.' : name, value]);
    // A key in both forms has two values, which validation refuses.
    else pairs.set(key, pairs.has(key) ? [pairs.get(key), value] : value);
  }
  const rest = Object.fromEntries(others);
  return pairs.size === 0 ? rest : { ...rest, metadata: Object.fromEntries(pairs) };
}

export class GetInstanceQuery {
  @ApiPropertyOptional({
    type: 'boolean',
    description: 'Also shows a deleted instance that is retained',
    default: false,
  })
  @IsOptional()
  @IsIn(['true', 'false'])
  readonly deleted?: 'true' | 'false';
}

export class DeleteInstanceQuery {
  @ApiPropertyOptional({
    type: 'boolean',
    description: 'Also deletes a running instance, and does not wait for platform services',
    default: false,
  })
  @IsOptional()
  @IsIn(['true', 'false'])
  readonly force?: 'true' | 'false';

  @ApiPropertyOptional({
    type: 'string',
    description:
      'Retains the instance for this long: it is powered off and hidden, and `undelete` brings it back. An ISO 8601 duration of weeks, days, hours, minutes and seconds, such as `PT24H`; `PT0S` deletes at once, also what is retained. By default `retainDeleted` of the tenant, see `GET /quotas`',
  })
  @IsOptionalNonNull()
  @IsDuration()
  readonly retain?: string;

  /** Read by the `Caller` decorator. */
  @ApiPropertyOptional({
    type: 'boolean',
    description: 'Only reports what would happen, like `Prefer: dry-run`',
    default: false,
  })
  @IsOptional()
  @IsIn(['true', 'false'])
  readonly dryRun?: 'true' | 'false';
}
