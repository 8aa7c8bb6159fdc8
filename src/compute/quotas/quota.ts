import {
  COUNTED,
  RESOURCES,
  UNBOUNDED,
  type Amounts,
  type Counted,
  type Resources,
} from '../../drivers/port/resources';

/** What snapshots use of the quota of their tenant. */
const OF_SNAPSHOTS = ['snapshots', 'snapshotGB'] as const;
/** What quotas of tenants limit. */
export type TenantCounted = Counted | (typeof OF_SNAPSHOTS)[number];
export type TenantAmounts = Readonly<Record<TenantCounted, number>>;
export type SnapshotAmounts = Pick<TenantAmounts, (typeof OF_SNAPSHOTS)[number]>;

/** Limits set by operators: null is the configured default, -1 is unlimited. */
export type OwnLimits = Readonly<Record<TenantCounted, number | null>>;

/** A host whose capacity is known, at least in part. */
export interface Engine {
  readonly hostId: string;
  readonly total: Resources;
  readonly used: Amounts;
  /** Null if the host does not report models. */
  readonly gpuModels: readonly GpuModel[] | null;
}

/** GPUs of one model on a host. */
export interface GpuModel {
  readonly model: string;
  /** Zero if instances hold GPUs of a model that the host no longer has. */
  readonly total: number;
  /** GPUs of instances whose flavor requires the model; others can hold some, too. */
  readonly allocated: number;
}

/** The resources that one instance uses. */
export interface Size extends Resources {
  readonly gpuModel: string | null;
}

/** Limits and usage of a tenant. */
export interface TenantAccount {
  readonly tenantId: string;
  readonly limits: TenantAmounts;
  readonly usage: TenantAmounts;
  /** How long deleted instances are retained by default, as an ISO 8601 duration; null if they are not. */
  readonly retainDeleted: string | null;
}

/** Limits and usage of a tenant, and the engines with a known capacity, as a consistent snapshot. */
export interface Account extends TenantAccount {
  readonly engines: readonly Engine[];
}

/** A resource that falls short of a request. */
export interface Shortage {
  readonly resource: TenantCounted;
  readonly limit: number;
  readonly used: number;
  readonly requested: number;
  /** Present if GPUs of this model fall short. */
  readonly gpuModel?: string;
}

interface Bounds<Name extends TenantCounted> {
  readonly names: readonly Name[];
  readonly limits: Readonly<Record<Name, number>>;
  readonly used: Readonly<Record<Name, number>>;
}

export const NOTHING: TenantAmounts = {
  ...{ instances: 0, vcpus: 0, ramGB: 0, diskGB: 0, gpus: 0 },
  ...{ snapshots: 0, snapshotGB: 0 },
};

function boundsOfTenant({ limits, usage }: Account): Bounds<Counted> {
  return { names: COUNTED, limits, used: usage };
}

function boundsOfEngine({ total, used }: Engine): Bounds<keyof Resources> {
  return { names: RESOURCES, limits: total, used };
}

/** Bounds of the GPUs of one model; undefined if they do not limit it. A model that the host lacks has a total of 0. */
function boundsOfModel({ gpuModels }: Engine, gpuModel: string | null): Bounds<'gpus'> | undefined {
  if (!gpuModels || gpuModel === null) return undefined;
  const { total = 0, allocated = 0 } = gpuModels.find(({ model }) => model === gpuModel) ?? {};
  return { names: ['gpus'], limits: { gpus: total }, used: { gpus: allocated } };
}

/** Same rule as the SQL function `fits`. */
function shortageIn<Name extends TenantCounted>(
  { names, limits, used }: Bounds<Name>,
  request: Readonly<Record<Name, number>>,
): Shortage | undefined {
  const resource = names.find(
    (name) => limits[name] > UNBOUNDED && request[name] > 0 && used[name] + request[name] > limits[name],
  );
  return (
    resource && {
      resource,
      limit: limits[resource],
      used: used[resource],
      requested: request[resource],
    }
  );
}

/** How many more instances of a size fit; null if unlimited. */
function roomIn<Name extends Counted>({ names, limits, used }: Bounds<Name>, size: Amounts): number | null {
  const rooms = names
    .filter((name) => limits[name] > UNBOUNDED && size[name] > 0)
    .map((name) => Math.max(0, Math.floor((limits[name] - used[name]) / size[name])));
  return rooms.length === 0 ? null : Math.min(...rooms);
}

/** Resources of `count` instances of a size. */
export function requestFor(size: Resources, count = 1): Amounts {
  const { vcpus, ramGB, diskGB, gpus } = size;
  return {
    instances: count,
    vcpus: vcpus * count,
    ramGB: ramGB * count,
    diskGB: diskGB * count,
    gpus: gpus * count,
  };
}

/** Resources that an instance needs in addition to its size. It keeps its GPUs. */
export function growthOf(from: Resources, to: Resources): Size {
  const more = (name: keyof Resources): number => Math.max(0, to[name] - from[name]);
  return { vcpus: more('vcpus'), ramGB: more('ramGB'), diskGB: more('diskGB'), gpus: 0, gpuModel: null };
}

/** The shortage in the tenant's quota; undefined if `request` fits. */
export function quotaShortage(account: Account, request: Amounts): Shortage | undefined {
  return shortageIn(boundsOfTenant(account), request);
}

/** The same for a snapshot. */
export function snapshotShortage(
  { limits, usage }: TenantAccount,
  request: SnapshotAmounts,
): Shortage | undefined {
  return shortageIn({ names: OF_SNAPSHOTS, limits, used: usage }, request);
}

/** The shortage on the engine; undefined if `count` instances of a size fit or the capacity is unknown. */
export function capacityShortage(
  engine: Engine | undefined,
  size: Size,
  count: number,
): Shortage | undefined {
  if (!engine) return undefined;
  const request = requestFor(size, count);
  const { gpuModel } = size;
  const model = boundsOfModel(engine, gpuModel);
  const ofModel = model && shortageIn(model, request);
  if (ofModel && gpuModel !== null) return { ...ofModel, gpuModel };
  return shortageIn(boundsOfEngine(engine), request);
}

/** How many more instances of a size the tenant may create; null if unlimited. */
export function roomOfTenant(account: Account, size: Resources): number | null {
  return roomIn(boundsOfTenant(account), requestFor(size));
}

/** How many more instances of a size fit on an engine; null if its capacity is unknown. */
export function roomOfEngine(
  engines: readonly Engine[],
  hostId: string | undefined,
  size: Size,
): number | null {
  const engine = engines.find((each) => each.hostId === hostId);
  if (!engine) return null;
  const model = boundsOfModel(engine, size.gpuModel);
  const request = requestFor(size);
  return smaller(roomIn(boundsOfEngine(engine), request), model ? roomIn(model, request) : null);
}

/** The smaller of two amounts; null means unlimited. */
export function smaller(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}
