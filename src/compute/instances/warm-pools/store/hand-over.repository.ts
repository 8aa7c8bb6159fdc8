import { Injectable } from '@nestjs/common';
import { toKeyRecord, recordKey } from '../../../../access/idempotency';
import { Database } from '../../../../platform/database';
import { WARM_POOLS } from '../../../../platform/values/tenant';
import { HOST_OF_I } from '../../../hosts';
import { insertOperation, ofType } from '../../../operations';
import { limitsParameter, transferUsage } from '../../../quotas';
import { QuotasConfig } from '../../../quotas/quotas.config';
import { insertEvent, ResourceSignals } from '../../../resources';
import type { CreatedRow, Creation } from '../../create/creation.repository';
import { PLAIN_COLUMN_TYPES, PLAIN_FIELDS, toPlainColumns } from '../../fields';
import { NEXT_VERSION, NO_RESTART } from '../../store/instance.sql';
import { IS_PREPARED } from './prepared.sql';

/** More than this many requests at once skip the instances that others have locked, and are served as usual. */
const CANDIDATES = 200;

const SET_PLAIN_COLUMNS = PLAIN_FIELDS.map(({ column }) => `${column} = given.${column}`).join(', ');

/**
 * $1 creation, $2 default limits.
 *
 * A concurrent deletion or change of a prepared instance may be committed after this statement began, so it would not see
 * the operation: a row is taken only in the version that was found.
 */
const HAND_OVER = `
  WITH asked AS (
    SELECT * FROM jsonb_to_record($1::jsonb) AS asked(
      id uuid, tenant_id text, name text, type text, flavor text, image_id text, metadata jsonb, guest jsonb,
      driver text, operation_id uuid, request_id text, traceparent text, actor text, key_record jsonb,
      ${PLAIN_COLUMN_TYPES}
    )
  ), prepared AS MATERIALIZED (
    SELECT i.id, i.version FROM asked
      JOIN flavors f ON f.name = asked.flavor AND f.retired_at IS NULL
      JOIN instances i ON i.flavor = asked.flavor AND i.image_id = asked.image_id AND i.type = asked.type
        AND i.driver = asked.driver
    WHERE ${IS_PREPARED} AND i.status = 'running' AND i.counted
    ORDER BY i.id LIMIT ${CANDIDATES}
  ), taken AS MATERIALIZED (
    SELECT i.id, i.version, ${HOST_OF_I} AS host_id, i.vcpus, i.ram_gb, i.disk_gb, i.gpus
    FROM instances i JOIN prepared ON prepared.id = i.id AND prepared.version = i.version
    WHERE i.tenant_id = '${WARM_POOLS}' AND i.status = 'running'
    ORDER BY i.id LIMIT 1 FOR UPDATE OF i SKIP LOCKED
  ), ${transferUsage(`'${WARM_POOLS}'`, '$2')}, given AS (
    SELECT asked.*, transferred.id AS taken_id, transferred.host_id
    FROM asked CROSS JOIN transferred
  ), instance AS (
    UPDATE instances i
    SET tenant_id = given.tenant_id, name = given.name, metadata = given.metadata, guest = given.guest,
      ready = CASE WHEN given.guest ? 'readiness' THEN false END, ${SET_PLAIN_COLUMNS},
      status_reason = NULL, created_at = now(), started_at = now(), ${NO_RESTART}, ${NEXT_VERSION}
    FROM given WHERE i.id = given.taken_id
    RETURNING i.id, i.tenant_id, i.version, i.status, i.document, given.host_id, given.operation_id, given.request_id,
      given.traceparent, given.actor,
      -- The request did not know the id.
      replace(given.key_record::text, given.id::text, i.id::text)::jsonb AS key_record
  ), operation AS (
    ${insertOperation({ of: 'instance', id: 'operation_id', ...ofType('create') })}
  ), event AS (
    ${insertEvent({ of: 'instance', type: `'create.requested'`, from: 'NULL' })}
  ), made AS (
    SELECT id, tenant_id, version, document, key_record FROM instance
  ), key_record AS (${recordKey('made', 'changed.key_record')})
  SELECT id, document, version FROM instance`;

/** Gives prepared instances to tenants. */
@Injectable()
export class HandOverRepository {
  constructor(
    private readonly database: Database,
    private readonly signals: ResourceSignals,
    private readonly config: QuotasConfig,
  ) {}

  /**
   * Makes one prepared instance the one of the creation, with its operation, event, quota usage and idempotency key,
   * atomically.
   * @returns undefined, with nothing written, if none is ready or the quota does not allow it
   */
  async take(creation: Creation): Promise<CreatedRow | undefined> {
    const [taken] = await this.database.query<CreatedRow>({
      name: 'warm_pool_hand_over',
      text: HAND_OVER,
      values: [JSON.stringify(toRow(creation)), limitsParameter(this.config.limits)],
    });
    if (!taken) return undefined;
    this.signals.changed(creation.tenantId, taken.id);
    return taken;
  }
}

function toRow({ tenantId, instance, operation }: Creation): object {
  return {
    id: instance.id,
    tenant_id: tenantId,
    name: instance.name,
    type: instance.type,
    flavor: instance.flavor,
    image_id: instance.imageId,
    metadata: instance.metadata,
    guest: instance.guest,
    driver: instance.host.backendId,
    ...toPlainColumns(instance),
    operation_id: operation.id,
    request_id: operation.requestId,
    traceparent: operation.traceparent,
    actor: operation.actor,
    key_record: toKeyRecord(operation.key, { operationId: operation.id, resourceId: instance.id }),
  };
}
