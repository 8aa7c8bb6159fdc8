import type { InstanceSpec } from '../compute-driver.port';
import { DriverError } from '../compute-driver.port';
import { fatImage, FatImageFullError } from './fat-image';

/** More of it no cloud takes either. */
const MAX_USER_DATA_BYTES = 65_536;
const MAX_HOST_NAME = 63;

/**
 * The disk on which cloud-init finds what it is to do (its NoCloud source).
 * User data goes through as it is. Every other value is JSON, which is YAML too: nothing in it is syntax.
 * @throws {DriverError} where it is too much
 */
export function seedImage(instance: InstanceSpec, defaultUser: string | null): Buffer {
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
 * The name of the instance if its letters and digits can be those of a host name, else one made of its id.
 * Accents are left out, and everything that is neither letter nor digit becomes a hyphen.
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
  // `user` renames the image's default user, who keeps his shell and rights, and whom the keys are for.
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
