import { Client } from './client';
import { MonitoringPeer } from './peers/monitoring.peer';
import { NetworkPeer } from './peers/network.peer';
import type { Peer } from './peers/peer';
import { StoragePeer, type StoragePeerOptions } from './peers/storage.peer';

/** For suites that test timeouts: shorter than the fault `late`, and longer than a call on a busy machine. */
export const SHORT_TIMEOUT = { SERVICE_TIMEOUT_MS: '1000' };

/** The platform services that compute calls, as real servers. */
export class Platform {
  private constructor(
    readonly network: NetworkPeer,
    readonly storage: StoragePeer,
    readonly monitoring: MonitoringPeer,
  ) {}

  static async start(options: StoragePeerOptions = { volumeDelayMs: 20 }): Promise<Platform> {
    const { isPublishedBuild = false } = options;
    return new Platform(
      await NetworkPeer.start({ isPublishedBuild }),
      await StoragePeer.start(options),
      await MonitoringPeer.start(),
    );
  }

  /** Settings for a compute service that calls them. */
  get environment(): Readonly<Record<string, string>> {
    return {
      NETWORK_SERVICE_URL: this.network.url,
      STORAGE_SERVICE_URL: this.storage.url,
      MONITORING_SERVICE_URL: this.monitoring.url,
      // Short, so that tests need not wait. The call timeout keeps its default: on a busy machine a short one would
      // abort calls that would succeed.
      CIRCUIT_OPEN_MS: '100',
      VOLUME_SETTLE_MS: '50',
    };
  }

  get peers(): readonly Peer[] {
    return [this.network, this.storage, this.monitoring];
  }

  async heal(): Promise<void> {
    await Promise.all(this.peers.map((peer) => peer.heal()));
  }

  async stop(): Promise<void> {
    await Promise.all(this.peers.map((peer) => peer.stop()));
  }

  /** Volumes attached to deleted instances, and resources created twice. Must be empty once all work is done. */
  async leaks(tenant: Client): Promise<readonly string[]> {
    const { body } = await tenant.get<{ instances: readonly { id: string }[] }>('/instances');
    const there = new Set(body.instances.map(({ id }) => id));
    const volumes = [...this.storage.volumes.values()].filter(({ tenantId }) => tenantId === tenant.tenantId);
    const networks = [...this.network.networks.values()].filter(
      ({ tenantId }) => tenantId === tenant.tenantId,
    );
    const attached = volumes.filter(({ attachedTo }) => attachedTo !== '' && !there.has(attachedTo));
    const marks = [...volumes, ...networks].flatMap(({ metadata }) => metadata['compute.attachmentId'] ?? []);
    return [
      ...attached.map(({ id, attachedTo }) => `volume ${id} is attached to ${attachedTo}, which is gone`),
      ...marks.filter((mark, index) => marks.indexOf(mark) !== index).map((mark) => `made twice: ${mark}`),
    ];
  }
}
