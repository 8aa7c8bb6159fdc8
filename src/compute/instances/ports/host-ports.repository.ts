import { Injectable } from '@nestjs/common';
import type { GuestPort } from '../../../drivers';
import { Database } from '../../../platform/database';
import type { TakenPort } from './host-port.errors';

/** Host ports that instances hold; creations reserve them in their own statement. */
@Injectable()
export class HostPortsRepository {
  constructor(private readonly database: Database) {}

  /** The first of the ports that an instance has. Names the instance only if it is the tenant's. */
  async firstTaken(
    tenantId: string,
    hostId: string,
    ports: readonly Required<GuestPort>[],
  ): Promise<TakenPort | undefined> {
    const [row] = await this.database.query<TakenPort>({
      name: 'host_port_taken',
      text: `
        SELECT h.port AS "hostPort", h.protocol,
          CASE WHEN h.tenant_id = $1 THEN h.instance_id END AS "instanceId"
        FROM unnest($3::text[], $4::integer[]) WITH ORDINALITY AS wanted(protocol, port, position)
          JOIN host_ports h ON h.host_id = $2 AND h.protocol = wanted.protocol AND h.port = wanted.port
        ORDER BY position LIMIT 1`,
      values: [
        tenantId,
        hostId,
        ports.map(({ protocol }) => protocol),
        ports.map(({ hostPort }) => hostPort),
      ],
    });
    return row;
  }
}
