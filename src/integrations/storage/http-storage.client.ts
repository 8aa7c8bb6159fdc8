import { pause } from '../../common/pause';
import { ReferenceRefusedError, type CallContext, type IntegrationState, type MadeFor } from '../integration';
import { readResource, readResourceOf, readResources, saysError, type ResourceAnswer } from '../http/answers';
import { isMadeFor, markOf } from '../http/made';
import { NeighbourError } from '../http/neighbour.error';
import { UnexpectedAnswer } from '../http/call';
import type { NeighbourHttp } from '../http/neighbour.http';
import { isResourceId } from '../http/resource-id';
import { StorageClient, type VolumeSpec } from './storage.client';

const VOLUMES = '/api/v1/storage/volumes';
const LOOK_EVERY_MS = 250;

export interface VolumeTimes {
  /** Longest time that a new volume may take to become available. */
  readonly waitMs: number;
  /** What is waited for a volume whose service does not tell its status. */
  readonly settleMs: number;
}

export class HttpStorageClient extends StorageClient {
  readonly isEnabled = true;

  constructor(
    private readonly http: NeighbourHttp,
    private readonly times: VolumeTimes,
  ) {
    super();
  }

  state(): Promise<IntegrationState> {
    return this.http.state();
  }

  async check(context: CallContext, volumeId: string, instanceId: string | null): Promise<void> {
    await this.usable(context, volumeId, instanceId);
  }

  async findMade(context: CallContext, madeFor: MadeFor): Promise<string | undefined> {
    const [earlier] = await this.madeFor(context, madeFor);
    return earlier?.id;
  }

  async make(context: CallContext, spec: VolumeSpec, madeFor: MadeFor): Promise<string> {
    const { id } = await this.http.call(context, {
      what: `create volume ${spec.name}`,
      method: 'POST',
      path: VOLUMES,
      body: JSON.stringify({ ...spec, metadata: markOf(madeFor) }),
      isRepeatable: false,
      read: (status, body) => {
        if (status !== 201) throw new UnexpectedAnswer(`it answered ${status}`);
        return readResource(body);
      },
    });
    return id;
  }

  async attach(context: CallContext, volumeId: string, instanceId: string): Promise<void> {
    const volume = await this.untilAvailable(context, volumeId, instanceId);
    if (volume.attachedTo === instanceId) return;
    await this.act(context, 'attach', volumeId, { instanceId });
  }

  async detach(context: CallContext, volumeId: string, instanceId: string): Promise<void> {
    const volume = await this.find(context, volumeId);
    if (!volume || volume === 'foreign') return;
    // Builds that do not tell to whom it is attached are asked to detach: it was attached by us.
    if ((volume.attachedTo ?? instanceId) !== instanceId) return;
    await this.act(context, 'detach', volumeId);
  }

  async detachAll(context: CallContext, instanceId: string): Promise<void> {
    for (const { id, attachedTo } of await this.list(context)) {
      if (attachedTo === instanceId) await this.act(context, 'detach', id);
    }
  }

  async removeMade(context: CallContext, madeFor: MadeFor, keepId: string | null): Promise<void> {
    for (const { id } of await this.madeFor(context, madeFor)) {
      if (id === keepId) continue;
      await this.detach(context, id, madeFor.instanceId);
      await this.remove(context, id);
    }
  }

  /** An attach to a volume that is still being made would be undone when it is ready: so it is waited for. */
  private async untilAvailable(
    context: CallContext,
    volumeId: string,
    instanceId: string,
  ): Promise<ResourceAnswer> {
    const endsAt = performance.now() + this.times.waitMs;
    for (;;) {
      const volume = await this.usable(context, volumeId, instanceId);
      if (volume.status === undefined) {
        await this.wait(this.times.settleMs, context);
        return volume;
      }
      if (volume.status === 'available' || volume.attachedTo === instanceId) return volume;
      if (performance.now() > endsAt) {
        throw new NeighbourError({
          service: 'Storage',
          call: `wait for volume ${volumeId}`,
          reason: `it is still ${volume.status} after ${this.times.waitMs} ms`,
          isOutcomeKnown: true,
        });
      }
      await this.wait(LOOK_EVERY_MS, context);
    }
  }

  private async wait(ms: number, { signal }: CallContext): Promise<void> {
    await pause(ms, signal);
    signal.throwIfAborted();
  }

  /** The volume where it is there, the tenant's, and attached to nobody or to this instance. */
  private async usable(
    context: CallContext,
    volumeId: string,
    instanceId: string | null,
  ): Promise<ResourceAnswer> {
    const volume = await this.find(context, volumeId);
    if (!volume) throw ReferenceRefusedError.notFound('volume', volumeId);
    if (volume === 'foreign' || (volume.tenantId ?? context.tenantId) !== context.tenantId) {
      throw ReferenceRefusedError.accessDenied('volume', volumeId);
    }
    const { attachedTo = '' } = volume;
    if (attachedTo !== '' && attachedTo !== instanceId)
      throw ReferenceRefusedError.volumeNotAvailable(volumeId);
    return volume;
  }

  private async find(context: CallContext, id: string): Promise<ResourceAnswer | 'foreign' | undefined> {
    if (!isResourceId(id)) return undefined;
    return this.http.call(context, {
      what: `look up volume ${id}`,
      method: 'GET',
      path: `${VOLUMES}/${encodeURIComponent(id)}`,
      isRepeatable: true,
      read: (status, body) => {
        if (status === 404 && saysError(body, 'Volume not found')) return undefined;
        if (status === 403 && saysError(body, 'Access denied')) return 'foreign';
        if (status !== 200) throw new UnexpectedAnswer(`it answered ${status}`);
        return readResourceOf(id, body);
      },
    });
  }

  private async madeFor(context: CallContext, madeFor: MadeFor): Promise<readonly ResourceAnswer[]> {
    return (await this.list(context)).filter((volume) => isMadeFor(volume, madeFor));
  }

  private list(context: CallContext): Promise<readonly ResourceAnswer[]> {
    return this.http.call(context, {
      what: 'list volumes',
      method: 'GET',
      path: VOLUMES,
      isRepeatable: true,
      isList: true,
      read: (status, body) => {
        if (status !== 200) throw new UnexpectedAnswer(`it answered ${status}`);
        return readResources(body, 'volumes');
      },
    });
  }

  private async act(
    context: CallContext,
    verb: 'attach' | 'detach',
    volumeId: string,
    body?: object,
  ): Promise<void> {
    await this.http.call(context, {
      what: `${verb} volume ${volumeId}`,
      method: 'POST',
      path: `${VOLUMES}/${encodeURIComponent(volumeId)}/${verb}`,
      ...(body && { body: JSON.stringify(body) }),
      isRepeatable: true,
      read: (status, answer) => {
        if (status !== 200) throw new UnexpectedAnswer(`it answered ${status}`);
        readResourceOf(volumeId, answer);
      },
    });
  }

  private async remove(context: CallContext, id: string): Promise<void> {
    await this.http.call(context, {
      what: `delete volume ${id}`,
      method: 'DELETE',
      path: `${VOLUMES}/${encodeURIComponent(id)}`,
      isRepeatable: true,
      read: (status, body) => {
        if (status === 204 || (status === 404 && saysError(body, 'Volume not found'))) return;
        if (status === 403 && saysError(body, 'Access denied')) return;
        // Somebody attached it elsewhere: it is in use, and not ours to take away any more.
        if (status === 400 && saysError(body, 'Volume is currently attached')) return;
        throw new UnexpectedAnswer(`it answered ${status}`);
      },
    });
  }
}
