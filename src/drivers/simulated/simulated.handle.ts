import { createHash } from 'node:crypto';
import type {
  DriverCall,
  DriverHandle,
  DriverResult,
  GuestAddress,
  InstanceSpec,
  PublishedPort,
} from '../port/driver-call';

export type Power = 'running' | 'paused' | 'stopped';

/** Nothing listens there. */
const ADDRESS = '127.0.0.1';

export interface Run {
  /** Since the instance was last started. */
  readonly reboots: number;
  readonly exitsAt?: number | undefined;
  readonly readyAt?: number | undefined;
  /** Whether the guest went on from the memory in a snapshot instead of booting, or will with the next start. */
  readonly isResumed?: boolean;
}

export function resultOf(
  { instance }: DriverCall,
  power: Power,
  { reboots, exitsAt, readyAt, isResumed = false }: Run,
): DriverResult {
  const times = { ...(exitsAt !== undefined && { exitsAt }), ...(readyAt !== undefined && { readyAt }) };
  const unquiesced = instance.metadata['simulate.quiesceRefusal'];
  const data = {
    power,
    ...(reboots > 0 && { reboots }),
    ...times,
    ...(isResumed && { isResumed }),
    ...(unquiesced !== undefined && { unquiesced }),
  };
  if (power === 'stopped') return { handle: { v: 1, data } };
  const ports = publishedBy(instance);
  return {
    handle: { v: 1, data },
    ...(ports.length > 0 && { ports }),
    addresses: addressesOf(instance),
  };
}

/** Only the ports that were requested: those that an engine would choose do not exist. */
export function publishedBy({ guest }: InstanceSpec): readonly PublishedPort[] {
  return guest.ports.flatMap(({ port, protocol, hostPort }) =>
    hostPort === undefined ? [] : [{ port, protocol, address: ADDRESS, hostPort }],
  );
}

/** Made up, and always the same for an instance. */
export function addressesOf({ id }: Pick<InstanceSpec, 'id'>): readonly GuestAddress[] {
  const parts = createHash('sha256').update(id).digest().subarray(0, 3);
  const address = ['10', ...Array.from(parts, (part) => 100 + (part % 100))].join('.');
  return [{ address, family: 'ipv4', network: 'simulated', mac: null }];
}

export function isResumed(handle: DriverHandle | null): boolean {
  return handle?.data['isResumed'] === true;
}

/** Whether the next start goes on from memory. */
export function resumes({ handle }: Pick<DriverCall, 'handle'>): boolean {
  return handle?.data['power'] === 'stopped' && isResumed(handle);
}

export function rebootsOf(handle: DriverHandle | null): number {
  const reboots = handle?.data['reboots'];
  return typeof reboots === 'number' ? reboots : 0;
}

/** When the guest exits or gets ready, or has, in Unix milliseconds; `otherwise` if it does not. */
export function timeOf<Otherwise extends number | undefined>(
  handle: DriverHandle | null,
  name: 'exitsAt' | 'readyAt',
  otherwise: Otherwise,
): number | Otherwise {
  const time = handle?.data[name];
  return typeof time === 'number' ? time : otherwise;
}

export function powerOf(handle: DriverHandle | null): Power | undefined {
  const power = handle?.data['power'];
  if (power === 'running' && timeOf(handle, 'exitsAt', Infinity) <= Date.now()) return 'stopped';
  return power === 'running' || power === 'paused' || power === 'stopped' ? power : undefined;
}

export function isOn({ handle }: Pick<DriverCall, 'handle'>): boolean {
  return powerOf(handle) === 'running' || powerOf(handle) === 'paused';
}
