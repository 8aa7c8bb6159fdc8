import { Injectable } from '@nestjs/common';
import { AccessDeniedError } from '../../platform/errors/service.errors';
import { fromPageToken, toPageToken } from '../../platform/values/paging';
import { isUuid } from '../../platform/values/uuid';
import { OperatorRequiredError, type Caller } from '../../access/tenancy';
import { DriverRegistry, offeredBy, type AbilityName } from '../../drivers';
import { AllInstancesRepository } from './store/all-instances.repository';
import { toPlainColumns, type PlainChanges } from './fields';
import type { Activity, InstanceDocument, Retention } from './instance';
import { InstanceNotFoundError, TooMuchMetadataError, assertMet } from './instance.errors';
import type { InstanceFilter, InstancePage } from './store/instance-pages';
import {
  InstancesRepository,
  type Finding,
  type Foreign,
  type InstancePatch,
} from './store/instances.repository';

export interface InstanceQuery extends Omit<InstanceFilter, 'before' | 'deleted'> {
  readonly pageToken?: string;
  /** Whether to list the deleted instances that are retained, instead of the others. */
  readonly deleted?: 'true' | 'false';
  /** Only for operators: the instances of all tenants. */
  readonly allTenants?: 'true' | 'false';
  /** Only for operators: the instances of this tenant. */
  readonly tenantId?: string;
}

export interface InstanceListing {
  /** JSON text of `{instances, nextPageToken?}`, as bytes. */
  readonly document: Buffer;
  readonly nextPageToken: string | undefined;
}

export interface InstanceChanges extends PlainChanges {
  readonly name?: string;
  readonly metadata?: Readonly<Record<string, string | null>> | null;
}

export interface InstanceDetails extends InstanceDocument {
  /** What its engine can do with it; empty if this build has no such driver. */
  readonly abilities: readonly AbilityName[];
  readonly activity: Activity | null;
  readonly hasSnapshotSchedule: boolean;
  readonly retention: Retention | null;
}

/** Reads and edits instances, without calling an engine. */
@Injectable()
export class InstancesService {
  constructor(
    private readonly instances: InstancesRepository,
    private readonly allInstances: AllInstancesRepository,
    private readonly drivers: DriverRegistry,
  ) {}

  /** @throws {InstanceNotFoundError | AccessDeniedError} */
  async get(tenantId: string, id: string): Promise<InstanceDocument> {
    return accessible(isUuid(id) ? await this.instances.find(tenantId, id) : undefined);
  }

  /** The same, with the abilities of its engine and the operation in progress; of a retained instance, until when. */
  async details(tenantId: string, id: string, finding: Finding): Promise<InstanceDetails> {
    const found = accessible(isUuid(id) ? await this.instances.find(tenantId, id, finding) : undefined);
    const { driver, handle } = found;
    return { ...found, abilities: offeredBy(this.drivers.find(driver)?.abilities ?? {}, handle) };
  }

  /** @throws {OperatorRequiredError} if anyone else asks for instances of other tenants. */
  async list(caller: Caller, { pageToken, ...query }: InstanceQuery): Promise<InstanceListing> {
    const before = pageToken === undefined ? {} : { before: fromPageToken(pageToken) };
    const { documents, lastId } = await this.page(caller, { ...query, ...before });
    const nextPageToken = lastId === null ? undefined : toPageToken(lastId);
    const next = nextPageToken === undefined ? '' : `,"nextPageToken":"${nextPageToken}"`;
    return { document: join('{"instances":[', documents, `]${next}}`), nextPageToken };
  }

  /** Whose instances are read depends on the caller and the parameters, never on the page token. */
  private page(
    { tenantId, isOperator }: Caller,
    query: InstanceQuery & Pick<InstanceFilter, 'before'>,
  ): Promise<InstancePage> {
    const { allTenants, tenantId: other, deleted, ...others } = query;
    const filter = { ...others, ...(deleted === 'true' && { deleted }) };
    if (allTenants !== 'true' && other === undefined) return this.instances.list(tenantId, filter);
    if (!isOperator) throw new OperatorRequiredError();
    if (allTenants === 'true') return this.allInstances.list(tenantId, filter);
    return this.instances.list(other ?? tenantId, filter, tenantId);
  }

  /**
   * Applies a merge patch in one statement, so that concurrent patches never lose each other's members.
   * @throws {InstanceNotFoundError | AccessDeniedError | PreconditionFailedError | TooMuchMetadataError}
   */
  async update(
    id: string,
    changes: InstanceChanges,
    { caller, precondition, key }: Pick<InstancePatch, 'caller' | 'precondition' | 'key'>,
  ): Promise<InstanceDocument> {
    if (!isUuid(id)) throw new InstanceNotFoundError();
    const { name } = changes;
    const plainColumns = toPlainColumns(changes);
    const isEmpty = name === undefined && changes.metadata === undefined;
    if (isEmpty && Object.keys(plainColumns).length === 0) {
      const current = await this.get(caller.tenantId, id);
      assertMet(precondition, current.version);
      return current;
    }
    const metadata = Object.entries(changes.metadata ?? {});
    const patched = await this.instances.patch(id, {
      ...(name !== undefined && { name }),
      plainColumns,
      clearsMetadata: changes.metadata === null,
      setMetadata: Object.fromEntries(
        metadata.flatMap(([key, value]) => (value === null ? [] : [[key, value]])),
      ),
      removeMetadata: metadata.flatMap(([key, value]) => (value === null ? [key] : [])),
      caller,
      precondition,
      key,
    });
    // No row: the instance is missing or another tenant's, and `get` throws the right error.
    if (!patched) return this.get(caller.tenantId, id);
    const { document, version } = patched;
    if (document !== null) return { document, version };
    assertMet(precondition, version);
    throw new TooMuchMetadataError();
  }
}

/** @throws {InstanceNotFoundError | AccessDeniedError} if the instance is missing or another tenant's. */
export function accessible<T>(found: T | Foreign | undefined): T {
  if (found === undefined) throw new InstanceNotFoundError();
  if (found === 'foreign') throw new AccessDeniedError();
  return found;
}

/** Pages are joined in pieces: building one large string costs several times as much as sending it. */
const PIECE = 100;

function join(head: string, documents: readonly string[], tail: string): Buffer {
  const pieces: Buffer[] = [Buffer.from(head)];
  for (let start = 0; start < documents.length; start += PIECE) {
    const piece = documents.slice(start, start + PIECE).join(',');
    pieces.push(Buffer.from(start === 0 ? piece : `,${piece}`));
  }
  return Buffer.concat([...pieces, Buffer.from(tail)]);
}
