import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database';
import type { Host } from './host';
import { HOST_OF_I } from './host.sql';

interface HostReplica {
  readonly backendId: string;
  /** Null if other replicas cannot reach it. */
  readonly replicaUrl: string | null;
}

/** The hosts that replicas have found, across the deployment. */
@Injectable()
export class HostsRepository {
  constructor(private readonly database: Database) {}

  /** A host that every replica reaches: the only one of its backend, whose id it has. */
  async addShared(backendId: string): Promise<Host> {
    const host = { id: backendId, backendId };
    // Writes nothing if it is known, so that a replica can start while the database is read-only.
    if (!(await this.isUsed(backendId))) await this.insert(host, null);
    return host;
  }

  /**
   * Adds the machine as a host, or returns the one that it is. The machine of instances whose version knew no hosts gets
   * the id of the backend, without such instances the first machine; the others have ids of their own.
   */
  async addMachine(backendId: string, machineId: string): Promise<Host> {
    const known = await this.find(backendId, machineId);
    if (known) return known;
    const others = await this.machinesWithInstances(backendId);
    const isFirst =
      others.every((each) => each === machineId) &&
      (await this.insert({ id: backendId, backendId }, machineId));
    if (!isFirst) await this.insert({ id: `${backendId}-${machineId}`, backendId }, machineId);
    const host = await this.find(backendId, machineId);
    if (!host) throw new Error(`the host ${machineId} of ${backendId} was not stored`);
    return host;
  }

  /** Whether the backend has a host, or an instance that a machine has started. */
  async isUsed(backendId: string): Promise<boolean> {
    const { used } = await this.database.one<{ used: boolean }>({
      name: 'backend_used',
      text: `
        SELECT EXISTS (SELECT FROM hosts WHERE backend_id = $1)
          OR EXISTS (
            SELECT FROM instances i
            WHERE ${HOST_OF_I} = $1 AND handle -> 'data' ->> 'host' IS NOT NULL
          ) AS used`,
      values: [backendId],
    });
    return used;
  }

  /** Stores where other replicas reach the one on this host; writes nothing if that is stored already. */
  async advertise(hostId: string, replicaUrl: string | null): Promise<void> {
    if ((await this.replicaOf(hostId))?.replicaUrl === replicaUrl) return;
    await this.database.query({
      name: 'host_advertise',
      text: 'UPDATE hosts SET replica_url = $2 WHERE id = $1',
      values: [hostId, replicaUrl],
    });
  }

  async replicaOf(hostId: string): Promise<HostReplica | undefined> {
    const [row] = await this.database.query<HostReplica>({
      name: 'host_replica',
      text: `SELECT backend_id AS "backendId", replica_url AS "replicaUrl" FROM hosts WHERE id = $1`,
      values: [hostId],
    });
    return row;
  }

  /** Stores that a replica lost the contact with the host; an earlier loss stays. */
  async contactLost(hostId: string, agoMs: number): Promise<void> {
    await this.database.query({
      name: 'host_contact_lost',
      text: `
        UPDATE hosts SET contact_lost_at = now() - $2::float8 * interval '1 millisecond'
        WHERE id = $1 AND contact_lost_at IS NULL`,
      values: [hostId, agoMs],
    });
  }

  /**
   * How long ago the contact was lost, in milliseconds, if that was before a moment; undefined if it was not lost. It was also
   * lost after the last contact if the host has booted since.
   */
  async contactLostFor(
    hostId: string,
    { beforeMsAgo, bootId }: { readonly beforeMsAgo: number; readonly bootId: string | undefined },
  ): Promise<number | undefined> {
    const [row] = await this.database.query<{ ms: number | null }>({
      name: 'host_contact',
      text: `
        SELECT extract(epoch FROM now() - least(
          CASE WHEN contact_lost_at < now() - $2::float8 * interval '1 millisecond' THEN contact_lost_at END,
          CASE WHEN boot_id <> $3 THEN contact_at END
        ))::float8 * 1000 AS ms FROM hosts WHERE id = $1`,
      values: [hostId, beforeMsAgo, bootId ?? null],
    });
    return row?.ms ?? undefined;
  }

  /**
   * Stores a contact during this boot of the host, unless one during the same boot is stored that is not older than this.
   * An unknown boot replaces a known one: it may be a later one.
   */
  async recordContact(hostId: string, bootId: string | undefined, atMostMsAgo: number): Promise<void> {
    await this.database.query({
      name: 'host_contact_seen',
      text: `
        UPDATE hosts SET contact_at = now(), boot_id = $2
        WHERE id = $1 AND (
          boot_id IS DISTINCT FROM $2
          OR boot_id IS NOT NULL AND contact_at < now() - $3::float8 * interval '1 millisecond'
        )`,
      values: [hostId, bootId ?? null, atMostMsAgo],
    });
  }

  /** A loss of contact since then stays. */
  async contactRegained(hostId: string, msAgo: number): Promise<void> {
    await this.database.query({
      name: 'host_contact_regained',
      text: `
        UPDATE hosts SET contact_lost_at = NULL
        WHERE id = $1 AND contact_lost_at < now() - $2::float8 * interval '1 millisecond'`,
      values: [hostId, msAgo],
    });
  }

  private async find(backendId: string, machineId: string): Promise<Host | undefined> {
    const [row] = await this.database.query<Host>({
      name: 'host_find',
      text: `
        SELECT id, backend_id AS "backendId" FROM hosts
        WHERE backend_id = $1 AND machine_id = $2`,
      values: [backendId, machineId],
    });
    return row;
  }

  /** Drivers of machines store the id of the machine in the handles of its instances. */
  private async machinesWithInstances(hostId: string): Promise<readonly string[]> {
    const rows = await this.database.query<{ machine: string }>({
      name: 'host_machines',
      text: `
        SELECT DISTINCT handle -> 'data' ->> 'host' AS machine FROM instances i
        WHERE ${HOST_OF_I} = $1 AND handle -> 'data' ->> 'host' IS NOT NULL`,
      values: [hostId],
    });
    return rows.map(({ machine }) => machine);
  }

  private async insert({ id, backendId }: Host, machineId: string | null): Promise<boolean> {
    const rows = await this.database.query({
      name: 'host_add',
      text: `
        INSERT INTO hosts (id, backend_id, machine_id) VALUES ($1, $2, $3)
        ON CONFLICT DO NOTHING RETURNING 1`,
      values: [id, backendId, machineId],
    });
    return rows.length > 0;
  }
}
