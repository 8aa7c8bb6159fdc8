import type { components, paths } from './schema';

type Schemas = components['schemas'];

export type Instance = Schemas['Instance'];
export type InstanceStatus = Instance['status'];
/** Request for one instance; `createMany` takes the number of instances separately. */
export type CreateInstance = Omit<Schemas['CreateInstance'], 'count'>;
export type CreatedInstances = Schemas['CreatedInstances'];
export type UpdateInstance = Schemas['UpdateInstance'];
export type AttachNetwork = Schemas['AttachNetwork'];
export type AttachVolume = Schemas['AttachVolume'];
export type InstanceEvent = Schemas['InstanceEvent'];
export type Operation = Schemas['Operation'];
export type Flavor = Schemas['Flavor'];
export type CreateFlavor = Schemas['CreateFlavor'];
export type UpdateFlavor = Schemas['UpdateFlavor'];
export type Image = Schemas['Image'];
export type Quota = Schemas['Quota'];
export type Limits = Schemas['SetQuota'];
export type Capacity = Schemas['Capacity'];
export type Stats = Schemas['Stats'];
export type Orphan = Schemas['Orphan'];
/** What a request would do; nothing was changed. */
export type DryRunResult = Schemas['DryRunResult'];

type Query<Path extends keyof paths> = paths[Path] extends { get: { parameters: { query?: infer Q } } }
  ? NonNullable<Q>
  : never;

/** Filters of a list of instances; `metadata` is matched exactly. */
export type InstanceFilter = Omit<Query<'/api/v1/compute/instances'>, 'limit' | 'pageToken'>;
/** Filters of a list of operations. */
export type OperationFilter = Omit<Query<'/api/v1/compute/operations'>, 'limit' | 'pageToken'>;

/** Accepted by every call. */
export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** Accepted by calls that change something. */
export interface ChangeOptions extends CallOptions {
  /** Repeating a call with the same key within a day changes nothing twice. */
  readonly idempotencyKey?: string;
}

/** Accepted by calls that change an existing instance. */
export interface InstanceChangeOptions extends ChangeOptions {
  /** Refuses the change (`version_mismatch`) if the instance has another version. */
  readonly ifVersion?: number;
}
