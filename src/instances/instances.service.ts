import { Injectable } from '@nestjs/common';
import { AccessDeniedError } from '../common/errors/access-denied.error';
import { PreconditionFailedError } from '../common/http/etag';
import { fromPageToken, toPageToken } from '../common/http/page-token';
import { isUuid } from '../common/uuid';
import type { InstanceDocument } from './instance';
import { InstanceNotFoundError, TooMuchMetadataError } from './instance.errors';
import {
  InstancesRepository,
  type Foreign,
  type InstanceFilter,
  type InstancePatch,
} from './instances.repository';

export type InstanceQuery = Omit<InstanceFilter, 'before'> & { readonly pageToken?: string };

export interface InstanceListing {
  /** JSON text of `{instances, nextPageToken?}`, as bytes. */
  readonly document: Buffer;
  readonly nextPageToken: string | undefined;
}

export interface InstanceChanges {
  readonly name?: string;
  readonly metadata?: Readonly<Record<string, string | null>> | null;
  readonly deletionProtection?: boolean;
}

export interface ChangeConditions extends Pick<InstancePatch, 'requestId' | 'actor' | 'key'> {
  /** Versions to which the change may be applied; undefined means any. */
  readonly versions: readonly number[] | undefined;
}

/** Reading and editing instances: everything that needs no engine. */
@Injectable()
export class InstancesService {
  constructor(private readonly instances: InstancesRepository) {}

  /** @throws {InstanceNotFoundError | AccessDeniedError} */
  async get(tenantId: string, id: string): Promise<InstanceDocument> {
    return accessible(isUuid(id) ? await this.instances.find(tenantId, id) : undefined);
  }

  async list(tenantId: string, { pageToken, ...filter }: InstanceQuery): Promise<InstanceListing> {
    const before = pageToken === undefined ? {} : { before: fromPageToken(pageToken) };
    const { documents, lastId } = await this.instances.list(tenantId, { ...filter, ...before });
    const nextPageToken = lastId === null ? undefined : toPageToken(lastId);
    const next = nextPageToken === undefined ? '' : `,"nextPageToken":"${nextPageToken}"`;
    return { document: join('{"instances":[', documents, `]${next}}`), nextPageToken };
  }

  /**
   * Applies a merge patch in one statement, so that two of them never lose each other's members.
   * @throws {InstanceNotFoundError | AccessDeniedError | PreconditionFailedError | TooMuchMetadataError}
   */
  async update(
    tenantId: string,
    id: string,
    changes: InstanceChanges,
    conditions: ChangeConditions,
  ): Promise<InstanceDocument> {
    if (!isUuid(id)) throw new InstanceNotFoundError();
    const { versions, requestId, actor, key } = conditions;
    const { name, deletionProtection } = changes;
    if (name === undefined && changes.metadata === undefined && deletionProtection === undefined) {
      return assertVersion(await this.get(tenantId, id), versions);
    }
    const metadata = Object.entries(changes.metadata ?? {});
    const changed = await this.instances.patch(tenantId, id, {
      ...(name !== undefined && { name }),
      ...(deletionProtection !== undefined && { deletionProtection }),
      clearsMetadata: changes.metadata === null,
      setMetadata: Object.fromEntries(
        metadata.flatMap(([key, value]) => (value === null ? [] : [[key, value]])),
      ),
      removeMetadata: metadata.flatMap(([key, value]) => (value === null ? [key] : [])),
      versions,
      requestId,
      actor,
      key,
    });
    if (changed) return changed;
    assertVersion(await this.get(tenantId, id), versions);
    throw new TooMuchMetadataError();
  }
}

/** Tells the refusals apart: first whether it exists, then whose it is. */
export function accessible<T>(found: T | Foreign | undefined): T {
  if (found === undefined) throw new InstanceNotFoundError();
  if (found === 'foreign') throw new AccessDeniedError();
  return found;
}

function assertVersion(current: InstanceDocument, versions: readonly number[] | undefined): InstanceDocument {
  if (versions && !versions.includes(current.version)) throw new PreconditionFailedError(current.version);
  return current;
}

/** In pieces: one text of a whole page costs several times as much to make as it costs to send. */
const PIECE = 100;

function join(head: string, documents: readonly string[], tail: string): Buffer {
  const pieces: Buffer[] = [Buffer.from(head)];
  for (let start = 0; start < documents.length; start += PIECE) {
    const piece = documents.slice(start, start + PIECE).join(',');
    pieces.push(Buffer.from(start === 0 ? piece : `,${piece}`));
  }
  return Buffer.concat([...pieces, Buffer.from(tail)]);
}
