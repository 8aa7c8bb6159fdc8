import type { OrUndefined } from './given';
import type { components, paths } from './schema';

type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

// Interfaces instead of aliases: editors and error messages then show their names.

export interface Instance extends Schema<'Instance'> {}
/** The operation in progress. */
export interface Activity extends Schema<'Activity'> {}
/** An instance, with what its engine can do and the operation in progress. */
export interface InstanceDetails extends Schema<'InstanceDetails'> {}
export type InstanceStatus = Instance['status'];
/** Request for one instance. */
export interface CreateInstance extends OrUndefined<Omit<Schema<'CreateInstance'>, 'count'>> {}
/** Request for several instances. */
export interface CreateInstances extends CreateInstance {
  /** Number of instances, which are created all or none. */
  readonly count: number;
}
export interface CreatedInstances extends Schema<'CreatedInstances'> {}
export interface UpdateInstance extends OrUndefined<Schema<'UpdateInstance'>> {}
export interface Reboot extends OrUndefined<Schema<'Reboot'>> {}
export interface Rebuild extends OrUndefined<Schema<'Rebuild'>> {}
export interface Resize extends Schema<'Resize'> {}
export interface Snapshot extends Schema<'Snapshot'> {}
/** Request for a snapshot. */
export interface CreateSnapshot extends OrUndefined<Schema<'CreateSnapshot'>> {}
export interface UpdateSnapshot extends OrUndefined<Schema<'UpdateSnapshot'>> {}
export interface Restore extends OrUndefined<Schema<'Restore'>> {}
/** When snapshots of an instance are taken, and which of them are kept. */
export interface SnapshotSchedule extends Schema<'SnapshotSchedule'> {}
export interface SetSnapshotSchedule extends OrUndefined<Schema<'SetSchedule'>> {}
/** What a request about a snapshot would do; nothing was changed. */
export interface SnapshotDryRun extends Schema<'SnapshotDryRun'> {}
export interface AttachNetwork extends Schema<'AttachNetwork'> {}
export interface AttachVolume extends Schema<'AttachVolume'> {}
/** Request for a session. */
export interface CreateSession extends OrUndefined<Schema<'CreateSession'>> {}
/** A console, a screen or a command to connect to. */
export interface ConsoleSession extends Schema<'Session'> {}
export interface InstanceEvent extends Schema<'InstanceEvent'> {}
export interface Operation extends Schema<'Operation'> {}
export interface Flavor extends Schema<'Flavor'> {}
export interface CreateFlavor extends Schema<'CreateFlavor'> {}
export interface UpdateFlavor extends Schema<'UpdateFlavor'> {}
export interface Image extends Schema<'Image'> {}
/** Request for an image of a snapshot. */
export interface PublishImage extends OrUndefined<Schema<'PublishImage'>> {}
/** Who the client acts as. */
export interface Caller extends Schema<'Caller'> {}
export interface Quota extends Schema<'Quota'> {}
export interface Limits extends Schema<'SetQuota'> {}
/** Instances that are kept prepared. */
export interface WarmPool extends Schema<'WarmPool'> {}
export interface SetWarmPool extends OrUndefined<Schema<'SetWarmPool'>> {}
export interface Capacity extends Schema<'Capacity'> {}
export interface Stats extends Schema<'Stats'> {}
/** A change of an instance of any tenant. */
export interface AuditEvent extends Schema<'AuditEvent'> {}
export interface Orphan extends Schema<'Orphan'> {}
/** A URL that receives the tenant's events. */
export interface Webhook extends Schema<'Webhook'> {}
export interface CreatedWebhook extends Schema<'CreatedWebhook'> {}
export interface CreateWebhook extends OrUndefined<Schema<'CreateWebhook'>> {}
export interface UpdateWebhook extends OrUndefined<Schema<'UpdateWebhook'>> {}
/** The delivery of one event to one webhook. */
export interface WebhookDelivery extends Schema<'WebhookDelivery'> {}
/** What a request would do; nothing was changed. */
export interface DryRunResult extends Schema<'DryRunResult'> {}

type Query<Path extends keyof paths> = paths[Path] extends { get: { parameters: { query?: infer Q } } }
  ? NonNullable<Q>
  : never;
type Filter<Path extends keyof paths> = OrUndefined<Omit<Query<Path>, 'limit' | 'pageToken'>>;

/** Filters of a list of instances; `metadata` is matched exactly. */
export interface InstanceFilter extends Omit<AllInstancesFilter, 'allTenants' | 'tenantId'> {}
/** Filters of a list that operators read. */
export interface AllInstancesFilter extends Filter<'/api/v1/compute/instances'> {}
/** Filters of a list of snapshots; `allTenants` and `tenantId` are for operators. */
export interface AllSnapshotsFilter extends Filter<'/api/v1/compute/snapshots'> {}
export interface AuditFilter extends Filter<'/api/v1/compute/audit'> {}
/** Filters of a list of operations. */
export interface OperationFilter extends Filter<'/api/v1/compute/operations'> {}

/** Filters of the deliveries of a webhook. */
export interface WebhookDeliveryFilter extends Filter<'/api/v1/compute/webhooks/{id}/deliveries'> {}

/** Accepted by every call. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Accepted by lists, which are read page by page. */
export interface ListOptions extends CallOptions {
  /** Items per request, 1 to 1000; by default the service's. */
  readonly pageSize?: number | undefined;
}

/** Accepted by calls that change something. */
export interface ChangeOptions extends CallOptions {
  /** Repeating a call with the same key within a day changes nothing twice. */
  readonly idempotencyKey?: string | undefined;
}

/** Accepted by calls that change an existing instance or snapshot. */
export interface InstanceChangeOptions extends ChangeOptions {
  /** Refuses the change (`version_mismatch`) if it has another version. */
  readonly ifVersion?: number | undefined;
}

export interface DeleteOptions extends InstanceChangeOptions {
  /** Also deletes an instance that runs, and does not wait for other services. */
  readonly force?: boolean | undefined;
  /** Retains it for this long, as an ISO 8601 duration such as `PT24H`; `PT0S` deletes at once, also what is retained. */
  readonly retain?: string | undefined;
}

export interface GetOptions extends CallOptions {
  /** Whether to find a deleted instance that is retained, too. */
  readonly deleted?: boolean | undefined;
}

export interface ConsoleOptions extends CallOptions {
  /** Number of last lines. */
  readonly lines?: number | undefined;
}
