import { Injectable } from '@nestjs/common';
import { OperatorRequiredError, type Caller } from '../../../access/tenancy';
import { fromPageToken, toPageToken } from '../../../platform/values/paging';
import { isUuid } from '../../../platform/values/uuid';
import type { ChangeRequest } from '../actions/change-request';
import type { InstanceDocument } from '../instance';
import { assertMet, TooMuchMetadataError } from '../instance.errors';
import { InstancesService } from '../instances.service';
import { assertInTheFuture } from './expiry';
import { SnapshotNotFoundError } from './snapshot.errors';
import { SnapshotsRepository, type SnapshotFilter } from './store/snapshots.repository';

export interface SnapshotQuery extends Omit<SnapshotFilter, 'before'> {
  readonly pageToken?: string;
  /** Only for operators: the snapshots of all tenants. */
  readonly allTenants?: 'true' | 'false';
  /** Only for operators: the snapshots of this tenant. */
  readonly tenantId?: string;
}

export interface SnapshotListing {
  /** JSON text of `{snapshots, nextPageToken?}`. */
  readonly document: string;
  readonly nextPageToken: string | undefined;
}

export interface SnapshotChanges {
  readonly name?: string;
  readonly metadata?: Readonly<Record<string, string | null>> | null;
  /** ISO 8601; null if it does not expire any longer. */
  readonly expiresAt?: string | null;
}

/** Reads and edits snapshots, without calling an engine. */
@Injectable()
export class SnapshotsService {
  constructor(
    private readonly snapshots: SnapshotsRepository,
    private readonly instances: InstancesService,
  ) {}

  /** @throws {SnapshotNotFoundError} also for a snapshot of another tenant */
  async get(tenantId: string, id: string): Promise<InstanceDocument> {
    const found = isUuid(id) ? await this.snapshots.find(tenantId, id) : undefined;
    if (!found) throw new SnapshotNotFoundError();
    return found;
  }

  /** @throws {OperatorRequiredError} if anyone else asks for snapshots of other tenants. */
  async list(caller: Caller, query: SnapshotQuery): Promise<SnapshotListing> {
    const { pageToken, allTenants, tenantId: other, ...filter } = query;
    const isOfOthers = allTenants === 'true' || other !== undefined;
    if (isOfOthers && !caller.isOperator) throw new OperatorRequiredError();
    const tenantId = allTenants === 'true' ? null : (other ?? caller.tenantId);
    const before = pageToken === undefined ? {} : { before: fromPageToken(pageToken) };
    const found = await this.snapshots.list(tenantId, { ...filter, ...before }, caller.tenantId);
    const page = found.slice(0, filter.limit).filter(({ document }) => document !== null);
    const last = page.at(-1);
    const nextPageToken = found.length > page.length && last ? toPageToken(last.id) : undefined;
    const next = nextPageToken === undefined ? '' : `,"nextPageToken":"${nextPageToken}"`;
    const documents = page.map(({ document }) => document).join(',');
    return { document: `{"snapshots":[${documents}]${next}}`, nextPageToken };
  }

  /** The snapshots of an instance of the tenant. @throws {InstanceNotFoundError | AccessDeniedError} */
  async listOf(caller: Caller, instanceId: string, query: SnapshotQuery): Promise<SnapshotListing> {
    await this.instances.get(caller.tenantId, instanceId);
    return this.list(caller, { ...query, instanceId });
  }

  /**
   * Applies a merge patch in one statement.
   * @throws {SnapshotNotFoundError | PreconditionFailedError | TooMuchMetadataError | ValidationFailedError}
   */
  async update(
    id: string,
    { name, metadata, expiresAt }: SnapshotChanges,
    { caller, precondition, key }: Pick<ChangeRequest, 'caller' | 'precondition' | 'key'>,
  ): Promise<InstanceDocument> {
    if (!isUuid(id)) throw new SnapshotNotFoundError();
    if (typeof expiresAt === 'string') assertInTheFuture(expiresAt);
    if (name === undefined && metadata === undefined && expiresAt === undefined) {
      const current = await this.get(caller.tenantId, id);
      assertMet(precondition, current.version, 'snapshot');
      return current;
    }
    const pairs = Object.entries(metadata ?? {});
    const patched = await this.snapshots.patch(id, {
      name: name ?? null,
      clearsMetadata: metadata === null,
      setMetadata: Object.fromEntries(pairs.flatMap(([at, value]) => (value === null ? [] : [[at, value]]))),
      removeMetadata: pairs.flatMap(([at, value]) => (value === null ? [at] : [])),
      ...(expiresAt !== undefined && { expiresAt }),
      caller,
      precondition,
      key,
    });
    if (!patched) throw new SnapshotNotFoundError();
    const { document, version } = patched;
    if (document !== null) return { document, version };
    assertMet(precondition, version, 'snapshot');
    throw new TooMuchMetadataError();
  }
}
