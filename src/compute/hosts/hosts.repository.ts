import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database';
import type { Host } from './host';

/** The hosts that replicas have found, across the deployment. */
@Injectable()
export class HostsRepository {
  constructor(private readonly database: Database) {}

  /** A host that every replica reaches: the only one of its backend, whose id it has. */
  async addShared(backendId: string): Promise<Host> {
    const host = { id: backendId, backendId };
    // Writes nothing if it is known, so that a replica can start while the database is read-only.
    if (!(await this.exists(backendId))) await this.insert(host, null);
    return host;
  }

  async exists(id: string): Promise<boolean> {
    const rows = await this.database.query({
      name: 'host_exists',
      text: 'SELECT 1 FROM hosts WHERE id = $1',
      values: [id],
    });
    return rows.length > 0;
  }

  /** The host that is this machine; undefined if it is not known yet. */
  async find(backendId: string, machineId: string): Promise<Host | undefined> {
    const [row] = await this.database.query<Host>({
      name: 'host_find',
      text: `
        SELECT id, backend_id AS "backendId" FROM hosts
        WHERE backend_id = $1 AND machine_id = $2`,
      values: [backendId, machineId],
    });
    return row;
  }

  /**
   * Adds the machine as a host. The first machine gets the id of the backend, and with it the instances of versions that
   * knew no hosts; the others have ids of their own. A new machine never had an instance, so it does not take over any.
   */
  async addMachine(backendId: string, machineId: string, isNew: boolean): Promise<Host> {
    const isFirst =
      !(isNew && (await this.hasInstances(backendId))) &&
      (await this.insert({ id: backendId, backendId }, machineId));
    if (!isFirst) await this.insert({ id: `${backendId}-${machineId}`, backendId }, machineId);
    const host = await this.find(backendId, machineId);
    if (!host) throw new Error(`the host ${machineId} of ${backendId} was not stored`);
    return host;
  }

  private async hasInstances(hostId: string): Promise<boolean> {
    const rows = await this.database.query({
      name: 'host_instances',
      text: 'SELECT 1 FROM instances WHERE coalesce(host_id, driver) = $1 LIMIT 1',
      values: [hostId],
    });
    return rows.length > 0;
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
