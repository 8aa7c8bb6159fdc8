import type { Instance } from '../../src/compute/instances';
import type { SnapshotDto as Snapshot } from '../../src/compute/instances/snapshots/api/snapshot.dto';
import type { ApiResponse, Client } from './client';

/** Waits for the outcome. */
export const WAIT = { Prefer: 'wait=30' };

export interface SnapshotList {
  readonly snapshots: readonly Snapshot[];
  readonly nextPageToken?: string;
}

interface Quota {
  readonly usage: Readonly<Record<string, number>>;
}

/** Snapshots of one tenant. */
export class Snapshots {
  constructor(private readonly tenant: Client) {}

  /** Asks for a snapshot, and waits for the outcome unless `Prefer` says otherwise. */
  take<T = Snapshot>(id: string, request: object = {}, headers = {}): Promise<ApiResponse<T>> {
    return this.tenant.post<T>(
      `/instances/${id}/snapshots`,
      { name: 'one', ...request },
      { ...WAIT, ...headers },
    );
  }

  /** An available snapshot. */
  async taken(id: string, request: object = {}): Promise<Snapshot> {
    const { status, body } = await this.take(id, request);
    if (status !== 201 || body.status !== 'available') throw new Error(`${status}: ${JSON.stringify(body)}`);
    return body;
  }

  async read(id: string): Promise<Snapshot> {
    return (await this.tenant.get<Snapshot>(`/snapshots/${id}`)).body;
  }

  restore<T = Instance>(id: string, request: object, headers = {}): Promise<ApiResponse<T>> {
    return this.tenant.post<T>(`/instances/${id}/restore`, request, headers);
  }

  clone<T = Instance>(request: object, headers = {}): Promise<ApiResponse<T>> {
    return this.tenant.post<T>('/instances', { name: 'copy', flavor: 'small', ...request }, headers);
  }

  /** What snapshots use of the quota: their number and their GB. */
  async used(): Promise<readonly (number | undefined)[]> {
    const { usage } = (await this.tenant.get<Quota>('/quotas')).body;
    return [usage['snapshots'], usage['snapshotGB']];
  }

  /** The types of the events of an instance. */
  async eventsOf(id: string): Promise<readonly string[]> {
    const path = `/instances/${id}/events`;
    const { body } = await this.tenant.get<{ events: readonly { type: string }[] }>(path);
    return body.events.map(({ type }) => type);
  }
}
