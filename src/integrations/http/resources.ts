import type { CallContext, MadeFor } from '../integration';
import { readResource, readResourceOf, readResources, saysError, type ResourceAnswer } from './answers';
import { UnexpectedAnswer } from './call';
import { isMadeFor, markOf } from './made';
import type { NeighbourHttp } from './neighbour.http';
import { isResourceId } from './resource-id';

/** What a neighbour keeps of one kind, and its words for it. */
export interface ResourceKind {
  readonly name: 'network' | 'volume';
  /** E.g. `/api/v1/storage/volumes`. */
  readonly path: string;
  /** Member of the list's answer. */
  readonly member: string;
  /** Says 404 of what is not there; a 404 without it comes from something in between. */
  readonly notFound: string;
  /** Says 403 of what is another tenant's. */
  readonly denied: string;
  /** Says 400 of what is in use, and cannot be removed. */
  readonly inUse: string;
}

/** What networks and volumes have in common on the wire. */
export class Resources {
  constructor(
    private readonly http: NeighbourHttp,
    private readonly kind: ResourceKind,
  ) {}

  /** Undefined where there is none, `foreign` where the neighbour says that it is another tenant's. */
  async find(context: CallContext, id: string): Promise<ResourceAnswer | 'foreign' | undefined> {
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

  /** All of the tenant's. */
  list(context: CallContext): Promise<readonly ResourceAnswer[]> {
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

  async madeFor(context: CallContext, madeFor: MadeFor): Promise<readonly ResourceAnswer[]> {
    return (await this.list(context)).filter((resource) => isMadeFor(resource, madeFor));
  }

  async make(
    context: CallContext,
    spec: { readonly name: string },
    madeFor: MadeFor,
  ): Promise<ResourceAnswer> {
    const { name, path } = this.kind;
    return this.http.call(context, {
      what: `create ${name} ${spec.name}`,
      method: 'POST',
      path,
      body: JSON.stringify({ ...spec, metadata: markOf(madeFor) }),
      isRepeatable: false,
      read: (status, body, atMs) => readResource(expect(status, 201, body), atMs),
    });
  }

  /** Does something to one of them that may be done twice. */
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

  /** What is gone, another tenant's or in use by somebody is not ours to take away any more. */
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
  if (status !== wanted) throw new UnexpectedAnswer(`it answered ${status}`);
  return body;
}
