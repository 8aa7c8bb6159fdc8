import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database';
import type { Host } from './host';

/** The hosts that replicas have found, across the deployment. */
@Injectable()
export class HostsRepository {
  constructor(private readonly database: Database) {}

  /** A host that every replica reaches: the only one of its backend, whose id it has. */
  async addShared(backendId: string): Promise<Host> {
    await this.insert({ id: backendId, backendId }, null);
    return { id: backendId, backendId };
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
   * knew no hosts; the others have ids of their own.
   */
  async addMachine(backendId: string, machineId: string): Promise<Host> {
    const isFirst = await this.insert({ id: backendId, backendId }, machineId);
    if (!isFirst) await this.insert({ id: `${backendId}-${machineId}`, backendId }, machineId);
    const host = await this.find(backendId, machineId);
    if (!host) throw new Error(`the host ${machineId} of ${backendId} was not stored`);
    return host;
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
