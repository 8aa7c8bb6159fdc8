import { Injectable } from '@nestjs/common';
import type { InstanceType } from '../../../drivers/port/instance-type';
import { QuotasConfig } from '../../quotas/quotas.config';
import { Batcher, Database, violates, type Statement } from '../../../platform/database';
import type { GuestSpec } from '../../../drivers';
import { keyRecordParameter, recordKey, toKeyRecord, type IdempotencyKey } from '../../../access/idempotency';
import type { Host } from '../../hosts';
import { limitsParameter, reserve } from '../../quotas';
import type { NewAttachment } from '../attachments/attachment';
import { toPlannedRow, volumeTaken } from '../attachments/attachment.row';
import { PLAIN_COLUMN_TYPES, PLAIN_COLUMNS, toPlainColumns, type PlainValues } from '../fields';
import { isBulky, requestsHostPorts } from './guest';
import type { InstanceDocument } from '../instance';
import { reserveHostPorts } from '../ports/host-ports.sql';
import { useSnapshot } from '../snapshots/store/snapshot.sql';
import { insertEvent, ResourceSignals } from '../../resources';
import { insertOperation, ofType } from '../../operations';
import type { NewOperation } from '../actions/change-request';

export interface NewInstance extends PlainValues {
  readonly id: string;
  readonly name: string;
  readonly type: InstanceType;
  readonly flavor: string;
  readonly imageId: string;
  readonly networkIds: readonly string[];
  readonly volumeIds: readonly string[];
  /** Attachments; `networkIds` and `volumeIds` already contain those that need no further work. */
  readonly attachments: readonly NewAttachment[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly guest: Partial<GuestSpec>;
  /** The host that runs it. */
  readonly host: Host;
  /** Present if it is created from a snapshot instead of its image. */
  readonly source?: CreationSource;
}

export interface CreationSource {
  readonly snapshotId: string;
  /** Whether the guest goes on from the memory in the snapshot. */
  readonly resume: boolean;
}

/** One of the instances that a request creates. */
export interface Creation {
  readonly tenantId: string;
  readonly instance: NewInstance;
  readonly operation: NewOperation;
}

/** A new instance as it is stored. */
export interface CreatedRow extends InstanceDocument {
  readonly id: string;
}

/** Parameters of `RECORD_KEY_OF_LIST`, if one request creates a list. */
type ListParameters = readonly [keyRecord: string | null, tail: string];

/** Sorted by id, which is the order of the request. */
const RECORD_KEY_OF_LIST = `
  , list AS (
    SELECT min(tenant_id) AS tenant_id, NULL::uuid AS id, NULL::integer AS version,
      '{"instances":[' || string_agg(document, ',' ORDER BY id) || $4::text AS document
    FROM instance HAVING count(*) > 0
  ), key_record_list AS (${recordKey('list', '$3::jsonb')})`;

const asked = (name: string, more = ''): string => `
    ${name} AS (
      SELECT * FROM jsonb_to_recordset($1::jsonb) AS asked(
        id uuid, bundle uuid, tenant_id text, name text, type text, flavor text, image_id text,
        network_ids text[], volume_ids text[], attachments jsonb, metadata jsonb, guest jsonb, driver text, host_id text,
        operation_id uuid, request_id text, traceparent text, actor text, key_record jsonb,
        ${PLAIN_COLUMN_TYPES}${more}
      )
    )`;

/** All creations of a statement are from the same snapshot; without it, none is made. */
const ASKED_OF_CLONES = `${asked('clones', ', snapshot_id uuid, args jsonb')}, used_snapshot AS (
      SELECT DISTINCT snapshot_id AS id, tenant_id FROM clones
    ), ${useSnapshot('used_snapshot u', 's.id = u.id AND s.tenant_id = u.tenant_id')}, asked AS (
      SELECT clones.* FROM clones JOIN source ON source.id = clones.snapshot_id
    )`;

/** $1 are the creations, $2 the default limits; `more` adds expressions. */
const createStatement = (more: string, isClone: boolean): string => `
    WITH ${isClone ? ASKED_OF_CLONES : asked('asked')}, ${reserve('$2')}, given AS (
      SELECT asked.*, 1 AS version, vcpus, ram_gb, disk_gb, gpus FROM asked JOIN accepted ON accepted.id = asked.id
    ), instance AS (
      INSERT INTO instances (id, tenant_id, name, type, flavor, image_id, status,
        network_ids, volume_ids, metadata, guest, ready, driver, host_id, vcpus, ram_gb, disk_gb, gpus, ${PLAIN_COLUMNS})
      SELECT id, tenant_id, name, type, flavor, image_id, 'creating',
        network_ids, volume_ids, metadata, guest, CASE WHEN guest ? 'readiness' THEN false END, driver, host_id,
        vcpus, ram_gb, disk_gb, gpus, ${PLAIN_COLUMNS} FROM given
      RETURNING id, tenant_id, version, document
    ), operation AS (
      ${insertOperation({ of: 'given', id: 'operation_id', ...ofType('create'), ...(isClone && { args: 'args' }) })}
    ), attachment AS (
      INSERT INTO attachments
        (id, tenant_id, instance_id, kind, resource_id, spec, delete_on_termination, state, unchecked)
      SELECT one.id, tenant_id, given.id, kind, resource_id, spec, delete_on_termination, state, unchecked
      FROM given, jsonb_to_recordset(given.attachments) AS one(
        id uuid, kind text, resource_id text, spec jsonb, delete_on_termination boolean, state text,
        unchecked boolean
      )
      -- A fixed order, so that two creates with the same volumes cannot deadlock.
      ORDER BY tenant_id, resource_id
    ), host_port AS (
      ${reserveHostPorts('given')}
    ), event AS (
      ${insertEvent({ of: 'given', type: `'create.requested'`, from: 'NULL', to: `'creating'` })}
    ), made AS (
      SELECT instance.*, key_record FROM instance JOIN given USING (id)
    ), key_record AS (${recordKey('made', 'changed.key_record')})
    ${more}
    SELECT id, document, version FROM instance`;

/** Inserts instances with their operation, attachments, event, quota usage and idempotency key, atomically. */
@Injectable()
export class CreationRepository {
  private readonly creations = new Batcher(
    (all: readonly Creation[]) => this.createAll(all),
    ({ tenantId }) => tenantId,
    // One statement at a time, so that more creates share a commit. The cost: a create that waits for a lock delays all
    // creates of this replica, up to the statement timeout of the database.
    1,
  );

  constructor(
    private readonly database: Database,
    private readonly signals: ResourceSignals,
    private readonly config: QuotasConfig,
  ) {}

  /**
   * @returns undefined, with nothing written, if flavor, quota, capacity or host ports did not allow it: the caller finds
   * out why, and retries if only concurrent requests were the reason.
   * @throws {ReferenceRefusedError} if another instance has one of the volumes.
   */
  async create(creation: Creation): Promise<CreatedRow | undefined> {
    const { tenantId, instance } = creation;
    try {
      // An instance whose volume or port may be refused is created alone, so that others need no retry because of it.
      const isAlone =
        instance.source !== undefined ||
        instance.attachments.length > 0 ||
        isBulky(instance.guest) ||
        requestsHostPorts(instance.guest);
      const document = await (isAlone ? this.createOne(creation) : this.creations.submit(creation));
      if (document) this.signals.changed(tenantId, instance.id);
      return document;
    } catch (error) {
      throw volumeTaken(error, ...instance.attachments) ?? error;
    }
  }

  /**
   * Creates all of them or none, for one request.
   * @returns JSON text of `{instances, operationIds}`, both in the order of the creations; undefined as for `create`.
   * @throws {ReferenceRefusedError} if another instance has one of the volumes.
   */
  async createList(creations: readonly Creation[], key: IdempotencyKey | null): Promise<string | undefined> {
    const operationIds = creations.map(({ operation }) => operation.id);
    const tail = `],"operationIds":${JSON.stringify(operationIds)}}`;
    try {
      const made = await this.createAll(creations, [keyRecordParameter(key), tail]);
      const documents = made.flatMap((instance) => instance?.document ?? []);
      if (documents.length < creations.length) return undefined;
      for (const { tenantId, instance } of creations) this.signals.changed(tenantId, instance.id);
      return `{"instances":[${documents.join(',')}${tail}`;
    } catch (error) {
      throw volumeTaken(error, ...creations.flatMap(({ instance }) => instance.attachments)) ?? error;
    }
  }

  /**
   * Dry run of creating all of them.
   * @returns their JSON texts; undefined as for `create`.
   */
  async dryRun(creations: readonly Creation[]): Promise<readonly string[] | undefined> {
    const statement = this.creationOf(creations, [null, '']);
    const rows = await noneIfPortTaken(this.database.dryRun<CreatedRow>(statement));
    const documents = inOrder(creations, rows).flatMap((instance) => instance?.document ?? []);
    return documents.length < creations.length ? undefined : documents;
  }

  private async createOne(creation: Creation): Promise<CreatedRow | undefined> {
    const [document] = await this.createAll([creation]);
    return document;
  }

  private async createAll(
    all: readonly Creation[],
    list?: ListParameters,
  ): Promise<readonly (CreatedRow | undefined)[]> {
    const statement = this.creationOf(all, list);
    return inOrder(all, await noneIfPortTaken(this.database.query<CreatedRow>(statement)));
  }

  private creationOf(all: readonly Creation[], list?: ListParameters): Statement {
    const isClone = all.some(({ instance }) => instance.source !== undefined);
    return {
      name: nameOf(list !== undefined, isClone),
      text: createStatement(list ? RECORD_KEY_OF_LIST : '', isClone),
      values: [
        JSON.stringify(all.map((creation) => toCreationRow(creation, list ? all[0] : creation))),
        limitsParameter(this.config.limits),
        ...(list ?? []),
      ],
    };
  }
}

function nameOf(isList: boolean, isClone: boolean): string {
  const name = isList ? 'instances_create_list' : 'instances_create';
  return isClone ? `${name}_of_snapshot` : name;
}

async function noneIfPortTaken<T>(rows: Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await rows;
  } catch (error) {
    if (violates(error, 'host_ports_pkey')) return [];
    throw error;
  }
}

function inOrder(all: readonly Creation[], rows: readonly CreatedRow[]): readonly (CreatedRow | undefined)[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return all.map(({ instance }) => byId.get(instance.id));
}

/** Creations with the same `first` form a bundle, which is created completely or not at all. */
function toCreationRow({ tenantId, instance, operation }: Creation, first: Creation | undefined): object {
  return {
    id: instance.id,
    bundle: first?.instance.id,
    tenant_id: tenantId,
    name: instance.name,
    type: instance.type,
    flavor: instance.flavor,
    image_id: instance.imageId,
    network_ids: instance.networkIds,
    volume_ids: instance.volumeIds,
    attachments: instance.attachments.map((planned) => toPlannedRow(planned)),
    metadata: instance.metadata,
    guest: instance.guest,
    driver: instance.host.backendId,
    host_id: instance.host.id,
    ...toPlainColumns(instance),
    operation_id: operation.id,
    request_id: operation.requestId,
    traceparent: operation.traceparent,
    actor: operation.actor,
    key_record: toKeyRecord(operation.key, { operationId: operation.id, resourceId: instance.id }),
    ...(instance.source && { snapshot_id: instance.source.snapshotId, args: instance.source }),
  };
}
