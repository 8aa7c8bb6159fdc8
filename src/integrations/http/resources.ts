import type { CallContext, Owner } from '../integration';
import {
  readResource,
  readResourceOf,
  readResources,
  saysError,
  type PlatformResource,
} from './resource-responses';
import { UnexpectedResponseError } from './call';
import { isOwnedBy, ownerTags } from './owner-tags';
import type { PlatformServiceHttp } from './platform-service.http';
import { isResourceId } from './resource-id';

/** A kind of resource at a platform service, and the service's error messages for it. */
export interface ResourceKind {
  readonly name: 'network' | 'volume';
  /** E.g. `/api/v1/storage/volumes`. */
  readonly path: string;
  /** Name of the array in a list response. */
  readonly member: string;
  /** Error message of a 404 for a missing resource; a 404 without it comes from a proxy in between. */
  readonly notFound: string;
  /** Error message of a 403 for another tenant's resource. */
  readonly denied: string;
  /** Error message of a 400 for a resource that is in use and cannot be removed. */
  readonly inUse: string;
}

/** The API calls that networks and volumes have in common. */
export class Resources {
  constructor(
    private readonly http: PlatformServiceHttp,
    private readonly kind: ResourceKind,
  ) {}

  /** Undefined if the resource is missing, `foreign` if the service reports that it belongs to another tenant. */
  async find(context: CallContext, id: string): Promise<PlatformResource | 'foreign' | undefined> {
    if (!isResourceId(id)) return undefined;
    const { name, notFound, denied } = this.kind;
    return this.http.call(context, {
      what: `look up ${name} ${id}`,
      method: 'GET',
      path: this.pathOf(id),
      isRepeatable: true,
      read: (status, body, atMs) => {
        if (status === 404 && saysError(body, notFound)) return undefined;
        if (status === 403 && saysError(body, denied)) return 'foreign';
        return readResourceOf(id, expect(status, 200, body), atMs);
      },
    });
  }

  /** All resources of the tenant. */
  list(context: CallContext): Promise<readonly PlatformResource[]> {
    const { path, member } = this.kind;
    return this.http.call(context, {
      what: `list ${member}`,
      method: 'GET',
      path,
      isRepeatable: true,
      isList: true,
      read: (status, body, atMs) => readResources(expect(status, 200, body), member, atMs),
    });
  }

  async ownedBy(context: CallContext, owner: Owner): Promise<readonly PlatformResource[]> {
    return (await this.list(context)).filter((resource) => isOwnedBy(resource, owner));
  }

  async make(context: CallContext, spec: { readonly name: string }, owner: Owner): Promise<PlatformResource> {
    const { name, path } = this.kind;
    return this.http.call(context, {
      what: `create ${name} ${spec.name}`,
      method: 'POST',
      path,
      body: JSON.stringify({ ...spec, metadata: ownerTags(owner) }),
      isRepeatable: false,
      read: (status, body, atMs) => readResource(expect(status, 201, body), atMs),
    });
  }

  /** Runs an idempotent action on a resource. */
  async act(context: CallContext, verb: string, id: string, body?: object): Promise<void> {
    await this.http.call(context, {
      what: `${verb} ${this.kind.name} ${id}`,
      method: 'POST',
      path: `${this.pathOf(id)}/${verb}`,
      ...(body && { body: JSON.stringify(body) }),
      isRepeatable: true,
      read: (status, answer, atMs) => readResourceOf(id, expect(status, 200, answer), atMs),
    });
  }

  /** Leaves the resource alone if it is missing, belongs to another tenant or is in use. */
  async remove(context: CallContext, id: string): Promise<void> {
    const { name, notFound, denied, inUse } = this.kind;
    await this.http.call(context, {
      what: `delete ${name} ${id}`,
      method: 'DELETE',
      path: this.pathOf(id),
      isRepeatable: true,
      read: (status, body) => {
        const isLeft =
          (status === 404 && saysError(body, notFound)) ||
          (status === 403 && saysError(body, denied)) ||
          (status === 400 && saysError(body, inUse));
        if (!isLeft) expect(status, 204, body);
      },
    });
  }

  private pathOf(id: string): string {
    return `${this.kind.path}/${encodeURIComponent(id)}`;
  }
}

function expect(status: number, wanted: number, body: unknown): unknown {
  if (status !== wanted) throw new UnexpectedResponseError(`it returned status ${status}`);
  return body;
}
