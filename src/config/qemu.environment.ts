import { resolve } from 'node:path';
import { makeValidator, type CleanedEnv } from 'envalid';
import type { QemuConfig, QemuNetwork } from './app-config';
import { integer, matching, path, ratio } from './validators';

const ACCELERATORS: readonly QemuConfig['accelerator'][] = ['auto', 'kvm', 'tcg'];

const accelerator = makeValidator<QemuConfig['accelerator']>((input) => {
  const known = ACCELERATORS.find((each) => each === input);
  if (!known) throw new TypeError(`must be one of ${ACCELERATORS.join(', ')}`);
  return known;
});

const network = makeValidator<string>((input) => {
  if (!/^(isolated|user|bridge:[A-Za-z0-9_.-]{1,15})$/.test(input)) {
    throw new TypeError('must be isolated, user or bridge:name');
  }
  return input;
});

/** How the qemu driver runs virtual machines, and the allocation ratios of its host. */
export const QEMU_ENVIRONMENT = {
  QEMU_DIR: path({
    default: '',
    desc: 'qemu driver: directory of disks and sockets, on a local file system; empty means qemu in DATA_DIR',
  }),
  QEMU_BINARY: path({ default: 'qemu-system-x86_64', desc: 'qemu driver: the emulator, by name or path' }),
  QEMU_IMG_BINARY: path({ default: 'qemu-img', desc: 'qemu driver: the maker of disks, by name or path' }),
  QEMU_ACCELERATOR: accelerator({
    default: 'auto',
    desc: 'qemu driver: kvm, tcg (slow, needs no hardware) or auto, which tries whether KVM boots',
  }),
  QEMU_STOP_SECONDS: integer(
    0,
    3600,
  )({ default: 30, desc: 'qemu driver: time a guest has to shut down before it is switched off' }),
  QEMU_NETWORK: network({
    default: 'isolated',
    desc: 'qemu driver: isolated (published ports only), user (out to all that the host reaches, its loopback too) or bridge:name',
  }),
  QEMU_PUBLISH_ADDRESS: matching(
    /^\d{1,3}(\.\d{1,3}){3}$/,
    'an IPv4 address',
  )({ default: '127.0.0.1', desc: 'qemu driver: address of the host on which ports are published' }),
  QEMU_USER: matching(
    /^([a-z_][a-z0-9_-]{0,31})?$/,
    'the name of a user',
  )({ default: '', desc: 'qemu driver: user whom the machines run as; empty means the one of the service' }),
  QEMU_CONSOLE_BYTES: integer(
    4096,
    67_108_864,
  )({ default: 1_048_576, desc: 'qemu driver: how much of a serial console is kept' }),
  QEMU_CPU_OVERCOMMIT: ratio({
    default: 4,
    desc: 'qemu driver: virtual processors for each processor of the host',
  }),
  QEMU_RAM_OVERCOMMIT: ratio({
    default: 1,
    desc: 'qemu driver: memory given away for each byte of the host',
  }),
  QEMU_DISK_OVERCOMMIT: ratio({
    default: 1,
    desc: 'qemu driver: disk given away for each byte of the file system of QEMU_DIR',
  }),
};

/** Inputs besides the driver's own settings; its directory is in `dataDir` by default. */
interface Surroundings {
  readonly dataDir: string;
  readonly searchPath: string | undefined;
}

export function toQemu(
  env: CleanedEnv<typeof QEMU_ENVIRONMENT>,
  { dataDir, searchPath }: Surroundings,
): QemuConfig {
  return {
    dir: resolve(env.QEMU_DIR === '' ? `${dataDir}/qemu` : env.QEMU_DIR),
    binary: env.QEMU_BINARY,
    imgBinary: env.QEMU_IMG_BINARY,
    searchPath: searchPath ?? '/usr/bin:/bin',
    accelerator: env.QEMU_ACCELERATOR,
    stopGraceMs: env.QEMU_STOP_SECONDS * 1000,
    network: toNetwork(env.QEMU_NETWORK),
    publishAddress: env.QEMU_PUBLISH_ADDRESS,
    user: env.QEMU_USER === '' ? undefined : env.QEMU_USER,
    consoleBytes: env.QEMU_CONSOLE_BYTES,
    overcommit: {
      cpu: env.QEMU_CPU_OVERCOMMIT,
      ram: env.QEMU_RAM_OVERCOMMIT,
      disk: env.QEMU_DISK_OVERCOMMIT,
    },
  };
}

function toNetwork(text: string): QemuNetwork {
  const [kind, bridge] = text.split(':');
  if (bridge !== undefined) return { kind: 'bridge', bridge };
  return { kind: kind === 'user' ? 'user' : 'isolated' };
}
