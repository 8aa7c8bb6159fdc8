import type { InstanceSpec } from '../../port/driver-call';
import { DriverError } from '../../port/driver-call';
import { fatImage, FatImageFullError } from './fat-image';

const MAX_USER_DATA_BYTES = 65_536;
const MAX_HOST_NAME = 63;

/**
 * Builds the seed disk for cloud-init's NoCloud data source.
 * User data is passed through unchanged. All other values are written as JSON, which is valid YAML, so that they cannot
 * inject YAML syntax.
 * @throws {DriverError} if the user data or keys are too large
 */
export function cloudInitSeed(instance: InstanceSpec, defaultUser: string | null): Buffer {
  const { userData, sshKeys } = instance.guest;
  if (userData !== null && Buffer.byteLength(userData) > MAX_USER_DATA_BYTES) {
    throw new DriverError('The user data is longer than 64 KiB', { retryable: false });
  }
  const files = [
    { name: 'meta-data', content: Buffer.from(metaData(instance, userData === null ? [] : sshKeys)) },
    { name: 'user-data', content: Buffer.from(userData ?? cloudConfig(instance, defaultUser)) },
  ];
  try {
    return fatImage('CIDATA', files);
  } catch (error) {
    if (!(error instanceof FatImageFullError)) throw error;
    throw new DriverError('The user data and keys are too large', { retryable: false, cause: error });
  }
}

/**
 * Derives a host name from the instance name: removes accents and replaces all but letters and digits with hyphens.
 * If the name contains letters or digits that are not ASCII, or none at all, returns `i-<id>`.
 */
export function hostNameOf({ id, name }: Pick<InstanceSpec, 'id' | 'name'>): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase();
  const label = plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_HOST_NAME)
    .replace(/^-+|-+$/g, '');
  const isWhole = !/[\p{Letter}\p{Number}]/u.test(plain.replace(/[a-z0-9]/g, ''));
  return isWhole && label !== '' ? label : `i-${id}`;
}

function metaData(instance: InstanceSpec, sshKeys: readonly string[]): string {
  return yaml({
    'instance-id': instance.id,
    'local-hostname': hostNameOf(instance),
    ...(sshKeys.length > 0 && { 'public-keys': sshKeys }),
  });
}

function cloudConfig(instance: InstanceSpec, defaultUser: string | null): string {
  // `user` renames the image's default user, which keeps its shell and privileges and receives the SSH keys.
  return `#cloud-config\n${yaml({
    hostname: hostNameOf(instance),
    ...(defaultUser !== null && { user: { name: defaultUser } }),
    ...(defaultUser === 'root' && { disable_root: false }),
    ssh_authorized_keys: instance.guest.sshKeys,
  })}`;
}

function yaml(members: Readonly<Record<string, unknown>>): string {
  return Object.entries(members)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
    .join('');
}
