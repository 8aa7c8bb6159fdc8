import { Injectable } from '@nestjs/common';
import { Database, PageReads } from '../../platform/database';
import { TENANT_AMOUNTS_JSON } from './quota.row';
import type { AccountRow } from './quotas.repository';

/** No tenant: their ids have no `@`. */
const CALLER = '@operators';

export interface TenantRow extends Omit<AccountRow, 'engines'> {
  readonly tenantId: string;
}

/** Limits and usage of all tenants, for operators. */
@Injectable()
export class TenantsRepository {
  constructor(
    private readonly database: Database,
    private readonly pages: PageReads,
  ) {}

  /**
   * Tenants that ever had an instance or have limits, ordered by id, from the first after `after`; at most one more
   * than `limit`, if there are more. Reads as many rows of both tables, not all.
   */
  list(after: string, limit: number): Promise<readonly TenantRow[]> {
    return this.pages.run(CALLER, () =>
      this.database.query<TenantRow>({
        name: 'tenants',
        text: `
          SELECT tenant_id AS "tenantId",
            (SELECT ${TENANT_AMOUNTS_JSON} FROM quotas q WHERE q.tenant_id = t.tenant_id) AS limits,
            (SELECT retain_deleted FROM quotas q WHERE q.tenant_id = t.tenant_id) AS "retainDeleted",
            (SELECT ${TENANT_AMOUNTS_JSON} FROM quota_usage u WHERE u.tenant_id = t.tenant_id) AS usage
          FROM (
            (SELECT tenant_id FROM quota_usage WHERE tenant_id > $1 ORDER BY tenant_id LIMIT $2::int + 1)
            UNION
            (SELECT tenant_id FROM quotas WHERE tenant_id > $1 ORDER BY tenant_id LIMIT $2::int + 1)
            ORDER BY tenant_id LIMIT $2::int + 1
          ) t
          ORDER BY tenant_id`,
        values: [after, limit],
      }),
    );
  }
}
