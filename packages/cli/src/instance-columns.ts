import type { Instance } from 'uim-compute-client';
import type { Column, Style } from './output/table';
import { age, time } from './output/time';
import { restartPolicyOf } from './restart-policy';

/** Characters of a short id. IDs start with the time of creation, so that those of one request differ only at the end. */
const SHORT_ID = 8;

export interface InstanceColumn extends Column<Instance> {
  /** What to sort by if it is not the text. */
  readonly order?: (instance: Instance) => string | number;
}

const STYLES: Readonly<Record<Instance['status'], Style | undefined>> = {
  creating: 'yellow',
  restarting: 'yellow',
  running: 'green',
  paused: 'dim',
  stopped: 'dim',
  error: 'red',
  deleted: 'dim',
};

export function shortId(id: string): string {
  return id.slice(-SHORT_ID);
}

/** Every column that `--columns` and `--sort` accept. */
export const INSTANCE_COLUMNS = {
  id: { title: 'ID', text: ({ id }) => id },
  short: { title: 'ID', text: ({ id }) => shortId(id) },
  name: { title: 'NAME', text: ({ name }) => name, isFlexible: true },
  tenant: { title: 'TENANT', text: ({ tenantId }) => tenantId, isFlexible: true },
  type: { title: 'TYPE', text: ({ type }) => type },
  flavor: { title: 'FLAVOR', text: ({ flavor }) => flavor, isFlexible: true },
  status: { title: 'STATUS', text: ({ status }) => status, style: ({ status }) => STYLES[status] },
  address: { title: 'ADDRESS', text: addressOf, isFlexible: true },
  age: { title: 'AGE', text: ({ createdAt }) => age(createdAt), order: ({ createdAt }) => -createdAt },
  reason: { title: 'REASON', text: ({ statusReason }) => statusReason ?? '', isFlexible: true },
  image: { title: 'IMAGE', text: ({ imageId }) => orDash(imageId) },
  ports: { title: 'PORTS', text: portsOf },
  addresses: { title: 'ADDRESSES', text: addressesOf },
  networks: { title: 'NETWORKS', text: ({ networkIds }) => orDash(networkIds.join(',')) },
  volumes: { title: 'VOLUMES', text: ({ volumeIds }) => orDash(volumeIds.join(',')) },
  metadata: { title: 'METADATA', text: metadataOf },
  protected: { title: 'PROTECTED', text: ({ deletionProtection }) => (deletionProtection ? 'yes' : 'no') },
  autostart: { title: 'AUTOSTART', text: ({ autostart }) => (autostart ? 'yes' : 'no') },
  restart: { title: 'RESTART', text: ({ restartPolicy }) => restartPolicyOf(restartPolicy) },
  version: { title: 'VERSION', text: ({ version }) => String(version), order: ({ version }) => version },
  // IDs sort by their time, which has milliseconds.
  created: { title: 'CREATED', text: ({ createdAt }) => time(createdAt), order: ({ id }) => id },
  updated: { title: 'UPDATED', text: ({ updatedAt }) => time(updatedAt) },
  deleted: { title: 'DELETED', text: ({ deletedAt }) => time(deletedAt ?? null) },
  purge: { title: 'PURGE', text: ({ purgeAt }) => time(purgeAt ?? null) },
} as const satisfies Readonly<Record<string, InstanceColumn>>;

export type ColumnName = keyof typeof INSTANCE_COLUMNS;

export const COLUMN_NAMES: readonly string[] = Object.keys(INSTANCE_COLUMNS);

export function isColumnName(name: string): name is ColumnName {
  return COLUMN_NAMES.includes(name);
}

export function columnsOf(names: readonly ColumnName[]): readonly InstanceColumn[] {
  return names.map((name) => INSTANCE_COLUMNS[name]);
}

const WIDE: readonly ColumnName[] = [
  ...(['id', 'name', 'type', 'flavor', 'status', 'ports', 'age', 'image'] as const),
  ...(['networks', 'volumes', 'metadata', 'reason'] as const),
];

/** Columns of a list: the tenants' if it may have several, the reasons if there are any, and the times of deleted ones. */
export function defaultColumns(
  instances: readonly Instance[],
  { isWide = false, isCrossTenant = false } = {},
): readonly InstanceColumn[] {
  const hasReasons = instances.some(({ statusReason }) => (statusReason ?? '') !== '');
  const areDeleted = instances.some(({ deletedAt }) => deletedAt !== undefined);
  const end = areDeleted ? (['deleted', 'purge'] as const) : (['address', 'age'] as const);
  const names = isWide ? WIDE : (['short', 'name', 'type', 'flavor', 'status', ...end, 'reason'] as const);
  return columnsOf(
    names
      .filter((name) => name !== 'reason' || hasReasons)
      .flatMap((name): ColumnName[] => (name === 'name' && isCrossTenant ? ['tenant', name] : [name])),
  );
}

/** The first published port. */
function addressOf({ ports }: Instance): string {
  const [first] = ports;
  return first ? `${first.address}:${first.hostPort}` : '-';
}

export function portsOf({ ports }: Instance): string {
  return orDash(
    ports
      .map(({ port, protocol, address, hostPort }) => `${address}:${hostPort}->${port}/${protocol}`)
      .join(','),
  );
}

export function addressesOf({ addresses }: Instance): string {
  return orDash(addresses.map(({ address }) => address).join(','));
}

export function metadataOf({ metadata }: Instance): string {
  return orDash(
    Object.entries(metadata)
      .map(([key, value]) => `${key}=${value}`)
      .join(','),
  );
}

function orDash(text: string): string {
  return text === '' ? '-' : text;
}
