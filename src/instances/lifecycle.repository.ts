import { Injectable } from '@nestjs/common';
import type { InstanceType } from '../common/instance-type';
import { Batcher, Database } from '../database';
import { remembering, toRemembered, type IdempotencyKey, type Remembered } from '../idempotency';
import type { OperationType } from '../operations';
import type { NewAttachment } from './attachment';
import { toPlannedRow, volumeTaken } from './attachment.row';
import type { InstanceDocument, InstanceStatus } from './instance';
import { InstanceSignals } from './instance-signals';

export interface NewInstance {
  readonly id: string;
  readonly name: string;
  readonly type: InstanceType;
  readonly flavor: string;
  readonly imageId: string;
  readonly networkIds: readonly string[];
  readonly volumeIds: readonly string[];
  /** What it is to have; those of which nothing is left to do are in the ids already. */
  readonly attachments: readonly NewAttachment[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly driver: string;
  readonly deletionProtection: boolean;
}

export interface NewOperation {
  readonly id: string;
  readonly type: OperationType;
  readonly requestId: string;
  readonly traceparent: string | null;
  /** Who asked for it. */
  readonly actor: string;
  /** With which it was asked for, so that a repetition finds it. */
  readonly key: IdempotencyKey | null;
  /** What the request for it is answered, where that does not depend on how it ends. */
  readonly answer?: Remembered['answer'] | undefined;
}

/** The instance as it was when an action was decided: the write happens only if it still is. */
export interface InstanceRef {
  readonly id: string;
  readonly version: number;
}

export interface Begin {
  readonly operation: NewOperation;
  /** Null leaves the status. */
  readonly via: InstanceStatus | null;
  readonly reason: string | null;
}

export interface NewDeletion extends NewOperation {
  readonly type: 'delete';
  /** Whether it waits for no neighbour. */
  readonly isForced: boolean;
}

export interface Superseded {
  /** The operations that were cancelled. */
  readonly cancelledIds: readonly string[];
}

/** One of the instances that a request asks for. */
export interface Creation {
  readonly tenantId: string;
  readonly instance: NewInstance;
  readonly operation: NewOperation;
}

/** Their ids are in the order in which they were asked for. */
const REMEMBERING_LIST = `
  , list AS (
    SELECT min(tenant_id) AS tenant_id, NULL::uuid AS id, NULL::integer AS version,
      '{"instances":[' || string_agg(document, ',' ORDER BY id) || $3::text AS document
    FROM instance
  ), remembered_list AS (${remembering('list', '$2::jsonb')})`;

/**
 * The writes by which a tenant starts an operation. Each is one statement that changes the instance,
 * its operation and its history together, or nothing.
 *
 * Here and in `SettlementRepository`, the instance is touched before the operation: two statements
 * that did it the other way round could wait for each other.
 */
@Injectable()
export class LifecycleRepository {
  private readonly creations = new Batcher((all: readonly Creation[]) => this.createAll(all));

  constructor(
    private readonly database: Database,
    private readonly signals: InstanceSignals,
  ) {}

  /** @throws {ReferenceRefusedError} where another instance has a volume that this one is to have. */
  async create(tenantId: string, instance: NewInstance, operation: NewOperation): Promise<InstanceDocument> {
    try {
      const creation = { tenantId, instance, operation };
      // One that may be refused for its volume goes alone: the others must not be tried again for it.
      const isAlone = instance.attachments.length > 0;
      const document = await (isAlone ? this.createOne(creation) : this.creations.do(creation));
      this.signals.changed(tenantId, instance.id);
      return document;
    } catch (error) {
      throw volumeTaken(error, ...instance.attachments) ?? error;
    }
  }

  /**
   * All of them or none, for one request.
   * @returns JSON text of `{instances, operationIds}`, both in the order of the creations.
   * @throws {ReferenceRefusedError} where another instance has a volume that one of these is to have.
   */
  async createList(
    creations: readonly Creation[],
    request: Pick<Remembered, 'key' | 'answer'>,
  ): Promise<string> {
    const operationIds = creations.map(({ operation }) => operation.id);
    const tail = `],"operationIds":${JSON.stringify(operationIds)}}`;
    const remembered = toRemembered({ ...request, operationId: null });
    try {
      const made = await this.createAll(creations, [remembered && JSON.stringify(remembered), tail]);
      for (const { tenantId, instance } of creations) this.signals.changed(tenantId, instance.id);
      return `{"instances":[${made.map(({ document }) => document).join(',')}${tail}`;
    } catch (error) {
      throw volumeTaken(error, ...creations.flatMap(({ instance }) => instance.attachments)) ?? error;
    }
  }

  /** Starts an operation on the instance; undefined where it has changed since it was read. */
  async begin(tenantId: string, ref: InstanceRef, begin: Begin): Promise<InstanceDocument | undefined> {
    const { operation, via, reason } = begin;
    const [row] = await this.database.query<InstanceDocument>({
      name: 'instance_begin',
      text: `
        WITH old AS (
          SELECT id, status FROM instances WHERE id = $2 AND tenant_id = $1 AND version = $3 FOR UPDATE
        ), moved AS (
          UPDATE instances i
          SET status = coalesce($4, i.status), status_reason = $5, version = version + 1, updated_at = now()
          FROM old WHERE i.id = old.id
          RETURNING i.id, tenant_id, version, old.status AS from_status, i.status, document
        ), operation AS (
          INSERT INTO operations (id, tenant_id, instance_id, type, status, request_id, traceparent, actor)
          SELECT $6, tenant_id, id, $7::text, 'pending', $8, $9, $10 FROM moved
        ), event AS (
          INSERT INTO instance_events
            (instance_id, version, tenant_id, type, from_status, to_status, request_id, operation_id, actor)
          SELECT id, version, tenant_id, $7::text || '.requested', from_status, status, $8, $6, $10 FROM moved
        ), remembered AS (${remembering('moved', '$11::jsonb')})
        SELECT document, version FROM moved`,
      values: [
        tenantId,
        ref.id,
        ref.version,
        via,
        reason,
        operation.id,
        operation.type,
        operation.requestId,
        operation.traceparent,
        operation.actor,
        rememberedOf(operation),
      ],
    });
    if (row) this.signals.changed(tenantId, ref.id);
    return row;
  }

  /**
   * Starts the deletion and cancels what is in flight. Where a worker still holds that, the deletion
   * becomes due when the worker lets go, or when its lease ends.
   * @returns undefined where the instance has changed since it was read.
   */
  async beginDelete(
    tenantId: string,
    ref: InstanceRef,
    operation: NewDeletion,
  ): Promise<Superseded | undefined> {
    const [row] = await this.database.query<Superseded>({
      name: 'instance_begin_delete',
      text: `
        WITH moved AS (
          UPDATE instances SET status_reason = 'being deleted', version = version + 1, updated_at = now()
          WHERE id = $2 AND tenant_id = $1 AND version = $3
          RETURNING id, tenant_id, version, status, document
        ), open AS MATERIALIZED (
          SELECT o.id FROM operations o JOIN moved ON o.instance_id = moved.id
          WHERE o.status IN ('pending', 'running') ORDER BY o.id FOR UPDATE OF o
        ), cancelled AS (
          UPDATE operations o
          SET status = 'cancelled', finished_at = now(),
            error = '{"code": "operation_superseded", "message": "the instance is being deleted"}'
          FROM open WHERE o.id = open.id AND o.status IN ('pending', 'running')
          RETURNING o.id, o.lease_owner, o.due_at
        ), operation AS (
          INSERT INTO operations
            (id, tenant_id, instance_id, type, status, request_id, traceparent, actor, forced, due_at)
          SELECT $4, tenant_id, id, 'delete', 'pending', $5, $6, $8, $7::boolean,
            coalesce((SELECT max(due_at) FROM cancelled WHERE lease_owner IS NOT NULL), now())
          FROM moved
        ), event AS (
          INSERT INTO instance_events
            (instance_id, version, tenant_id, type, from_status, to_status, request_id, operation_id, actor)
          SELECT id, version, tenant_id, 'delete.requested', status, status, $5, $4, $8 FROM moved
        ), remembered AS (${remembering('moved', '$9::jsonb')})
        SELECT ARRAY(SELECT id::text FROM cancelled) AS "cancelledIds" FROM moved`,
      values: [
        tenantId,
        ref.id,
        ref.version,
        operation.id,
        operation.requestId,
        operation.traceparent,
        operation.isForced,
        operation.actor,
        rememberedOf(operation),
      ],
    });
    if (row) this.signals.changed(tenantId, ref.id);
    return row;
  }

  private async createOne(creation: Creation): Promise<InstanceDocument> {
    const [document] = await this.createAll([creation]);
    if (!document) throw new Error('a create gave no row');
    return document;
  }

  /** `list` are the parameters of `REMEMBERING_LIST`, where one request asks for all of them. */
  private async createAll(
    all: readonly Creation[],
    list?: readonly [remembered: string | null, tail: string],
  ): Promise<readonly InstanceDocument[]> {
    const rows = await this.database.query<InstanceDocument & { readonly id: string }>({
      name: list ? 'instances_create_list' : 'instances_create',
      text: `
        WITH given AS (
          SELECT * FROM jsonb_to_recordset($1::jsonb) AS given(
            id uuid, tenant_id text, name text, type text, flavor text, image_id text, network_ids text[],
            volume_ids text[], attachments jsonb, metadata jsonb, driver text,
            deletion_protection boolean, operation_id uuid, request_id text,
            traceparent text, actor text, remembered jsonb
          )
        ), instance AS (
          INSERT INTO instances (id, tenant_id, name, type, flavor, image_id, status,
            network_ids, volume_ids, metadata, driver, deletion_protection)
          SELECT id, tenant_id, name, type, flavor, image_id, 'creating',
            network_ids, volume_ids, metadata, driver, deletion_protection FROM given
          RETURNING id, tenant_id, version, document
        ), operation AS (
          INSERT INTO operations (id, tenant_id, instance_id, type, status, request_id, traceparent, actor)
          SELECT operation_id, tenant_id, id, 'create', 'pending', request_id, traceparent, actor FROM given
        ), attachment AS (
          INSERT INTO attachments
            (id, tenant_id, instance_id, kind, resource_id, spec, delete_on_termination, state, unchecked)
          SELECT one.id, tenant_id, given.id, kind, resource_id, spec, delete_on_termination, state, unchecked
          FROM given, jsonb_to_recordset(given.attachments) AS one(
            id uuid, kind text, resource_id text, spec jsonb, delete_on_termination boolean, state text,
            unchecked boolean
          )
          -- Two that want the same volumes must not wait for each other.
          ORDER BY tenant_id, resource_id
        ), event AS (
          INSERT INTO instance_events
            (instance_id, version, tenant_id, type, from_status, to_status, request_id, operation_id, actor)
          SELECT id, 1, tenant_id, 'create.requested', NULL, 'creating', request_id, operation_id, actor FROM given
        ), made AS (
          SELECT instance.*, remembered FROM instance JOIN given USING (id)
        ), remembered AS (${remembering('made', 'changed.remembered')})
        ${list ? REMEMBERING_LIST : ''}
        SELECT id, document, version FROM instance`,
      values: [JSON.stringify(all.map(toCreationRow)), ...(list ?? [])],
    });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return all.flatMap(({ instance }) => byId.get(instance.id) ?? []);
  }
}

function toCreationRow({ tenantId, instance, operation }: Creation): object {
  return {
    id: instance.id,
    tenant_id: tenantId,
    name: instance.name,
    type: instance.type,
    flavor: instance.flavor,
    image_id: instance.imageId,
    network_ids: instance.networkIds,
    volume_ids: instance.volumeIds,
    attachments: instance.attachments.map((planned) => toPlannedRow(planned)),
    metadata: instance.metadata,
    driver: instance.driver,
    deletion_protection: instance.deletionProtection,
    operation_id: operation.id,
    request_id: operation.requestId,
    traceparent: operation.traceparent,
    actor: operation.actor,
    remembered: toRemembered({ ...operation, operationId: operation.id }),
  };
}

/** As a parameter of a statement with `remembering`. */
export function rememberedOf(operation: NewOperation): string | null {
  const remembered = toRemembered({ ...operation, operationId: operation.id });
  return remembered && JSON.stringify(remembered);
}
