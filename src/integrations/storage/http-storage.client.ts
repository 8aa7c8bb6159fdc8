import { sleep } from '../../platform/async/sleep';
import type { CallContext, IntegrationState, Owner } from '../integration';
import type { PlatformResource } from '../http/resource-responses';
import { PlatformServiceError, ReferenceRefusedError } from '../integration.errors';
import type { PlatformServiceHttp } from '../http/platform-service.http';
import { Resources, type ResourceKind } from '../http/resources';
import { StorageClient, type VolumeSpec } from './storage.client';

const VOLUMES: ResourceKind = {
  name: 'volume',
  path: '/api/v1/storage/volumes',
  member: 'volumes',
  notFound: 'Volume not found',
  denied: 'Access denied',
  inUse: 'Volume is currently attached',
};
const LOOK_EVERY_MS = 250;

export interface VolumeTimes {
  /** Longest time that a new volume may take to become available. */
  readonly waitMs: number;
  /** Age at which a volume counts as created if its status does not prove it. */
  readonly settleMs: number;
}

export class HttpStorageClient extends StorageClient {
  readonly isEnabled = true;
  private readonly volumes: Resources;

  constructor(
    private readonly http: PlatformServiceHttp,
    private readonly times: VolumeTimes,
  ) {
    super();
    this.volumes = new Resources(http, VOLUMES);
  }

  state(): Promise<IntegrationState> {
    return this.http.state();
  }

  async check(context: CallContext, volumeId: string, instanceId: string | null): Promise<void> {
    await this.usable(context, volumeId, instanceId);
  }

  async findByOwner(context: CallContext, owner: Owner): Promise<string | undefined> {
    const [earlier] = await this.volumes.ownedBy(context, owner);
    return earlier?.id;
  }

  async make(context: CallContext, spec: VolumeSpec, owner: Owner): Promise<string> {
    const { id } = await this.volumes.make(context, spec, owner);
    return id;
  }

  async awaitAttachable(context: CallContext, volumeId: string, instanceId: string): Promise<void> {
    await this.settled(context, volumeId, async () => {
      const volume = await this.usable(context, volumeId, instanceId);
      return volume.attachedTo === instanceId ? undefined : volume;
    });
  }

  async attach(context: CallContext, volumeId: string, instanceId: string): Promise<void> {
    await this.volumes.act(context, 'attach', volumeId, { instanceId });
  }

  async detach(context: CallContext, volumeId: string, instanceId: string): Promise<void> {
    const volume = await this.volumes.find(context, volumeId);
    if (!volume || volume === 'foreign') return;
    // If a build does not report `attachedTo`, detach: this service attached the volume.
    if ((volume.attachedTo ?? instanceId) !== instanceId) return;
    await this.volumes.act(context, 'detach', volumeId);
  }

  async detachAll(context: CallContext, instanceId: string): Promise<void> {
    for (const { id, attachedTo } of await this.volumes.list(context)) {
      if (attachedTo === instanceId) await this.volumes.act(context, 'detach', id);
    }
  }

  async deleteByOwner(context: CallContext, owner: Owner, keepId: string | null): Promise<void> {
    for (const { id } of await this.volumes.ownedBy(context, owner)) {
      if (id === keepId) continue;
      await this.detach(context, id, owner.instanceId);
      await this.settled(context, id, () => this.inCreation(context, id));
      await this.volumes.remove(context, id);
    }
  }

  /**
   * Waits until the Storage service has finished creating a volume. Until then the service undoes attachments, and
   * removing the volume crashes it, because its timer expects the volume to exist. Detaching sets the status to
   * `available` although that timer is pending, so `available` counts only after another status, or once the
   * volume is old enough. A response without a status is treated as `available`.
   * @param look returns the volume to wait for; undefined or `foreign` ends the wait
   */
  private async settled(
    context: CallContext,
    volumeId: string,
    look: () => Promise<PlatformResource | 'foreign' | undefined>,
  ): Promise<void> {
    const endsAt = performance.now() + this.times.waitMs;
    for (let wasPending = false; ; wasPending = true) {
      const volume = await look();
      if (!volume || volume === 'foreign') return;
      const { status = 'available', ageMs } = volume;
      if (status === 'available') {
        const youngMs = this.times.settleMs - ageMs;
        if (!wasPending && youngMs > 0) await this.wait(youngMs, context);
        return;
      }
      if (performance.now() > endsAt) {
        throw new PlatformServiceError({
          service: 'Storage',
          call: `wait for volume ${volumeId}`,
          reason: `still ${status} after ${this.times.waitMs} ms`,
          isOutcomeKnown: true,
        });
      }
      await this.wait(LOOK_EVERY_MS, context);
    }
  }

  /** The volume if it may still be in creation; undefined if it can be removed without waiting. */
  private async inCreation(context: CallContext, volumeId: string): Promise<PlatformResource | undefined> {
    const volume = await this.volumes.find(context, volumeId);
    if (!volume || volume === 'foreign' || (volume.attachedTo ?? '') !== '') return undefined;
    return ['creating', 'available'].includes(volume.status ?? 'available') ? volume : undefined;
  }

  private async wait(ms: number, { signal }: CallContext): Promise<void> {
    await sleep(ms, signal);
    signal.throwIfAborted();
  }

  /** The volume, if it exists, belongs to the tenant, and is attached to nothing or to this instance. */
  private async usable(
    context: CallContext,
    volumeId: string,
    instanceId: string | null,
  ): Promise<PlatformResource> {
    const volume = await this.volumes.find(context, volumeId);
    if (!volume) throw ReferenceRefusedError.notFound('volume', volumeId);
    if (volume === 'foreign' || (volume.tenantId ?? context.tenantId) !== context.tenantId) {
      throw ReferenceRefusedError.accessDenied('volume', volumeId);
    }
    const { attachedTo = '' } = volume;
    if (attachedTo !== '' && attachedTo !== instanceId)
      throw ReferenceRefusedError.volumeNotAvailable(volumeId);
    return volume;
  }
}
