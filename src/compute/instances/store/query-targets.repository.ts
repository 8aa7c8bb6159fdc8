import { foreignTo } from '../../../platform/values/tenant';
import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database';
import { IS_OPEN } from '../../operations';
import { IS_FORCED } from '../actions/force';
import { DRIVER_TARGET_OF_I, type DriverTarget } from '../work/driver-target';
import type { InstanceState, InstanceStatus } from '../instance';
import { IS_NOT_DELETED } from './instance.sql';
import type { Foreign } from './instances.repository';

/** An instance with the data for querying its engine on behalf of its tenant. */
export interface QueryTarget extends DriverTarget {
  readonly status: InstanceStatus;
  readonly openOperation: InstanceState['openOperation'];
}

/** Reads for requests that query the engine and change nothing. */
@Injectable()
export class QueryTargetsRepository {
  constructor(private readonly database: Database) {}

  async find(tenantId: string, id: string): Promise<QueryTarget | Foreign | undefined> {
    const [row] = await this.database.query<QueryTarget>({
      name: 'query_target',
      text: `
        SELECT ${DRIVER_TARGET_OF_I}, i.status, (
          SELECT json_build_object('id', o.id, 'type', o.type, 'isForced', ${IS_FORCED})
          FROM resource_operations o
          WHERE o.resource_id = i.id AND ${IS_OPEN}
          LIMIT 1
        ) AS "openOperation"
        FROM instances i WHERE i.id = $1 AND i.${IS_NOT_DELETED}`,
      values: [id],
    });
    if (!row) return undefined;
    return row.tenantId === tenantId ? row : foreignTo(row.tenantId);
  }
}
