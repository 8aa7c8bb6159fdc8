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
    desc: 'Driver qemu: directory of disks and sockets, on a local file system; empty means qemu in DATA_DIR',
  }),
  QEMU_BINARY: path({ default: 'qemu-system-x86_64', desc: 'Driver qemu: path or name of the QEMU binary' }),
  QEMU_IMG_BINARY: path({ default: 'qemu-img', desc: 'Driver qemu: path or name of the qemu-img binary' }),
  QEMU_ACCELERATOR: accelerator({
    default: 'auto',
    desc: 'Driver qemu: kvm, tcg (slow, needs no hardware support) or auto, which uses KVM if a test machine boots with it',
  }),
  QEMU_STOP_SECONDS: integer(
    0,
    3600,
  )({ default: 30, desc: 'Driver qemu: seconds between asking a guest to shut down and powering it off' }),
  QEMU_NETWORK: network({
    default: 'isolated',
    desc: 'Driver qemu: isolated (published ports only), user (reaches everything that the host reaches, including its loopback) or bridge:name',
  }),
  QEMU_PUBLISH_ADDRESS: matching(
    /^\d{1,3}(\.\d{1,3}){3}$/,
    'an IPv4 address',
  )({ default: '127.0.0.1', desc: 'Driver qemu: host address on which ports are published' }),
  QEMU_USER: matching(
    /^([a-z_][a-z0-9_-]{0,31})?$/,
    'a user name',
  )({
    default: '',
    desc: 'Driver qemu: user that virtual machines run as; empty means the user of the service',
  }),
  QEMU_CONSOLE_BYTES: integer(
    4096,
    67_108_864,
  )({ default: 1_048_576, desc: 'Driver qemu: bytes of console output kept per virtual machine' }),
  QEMU_CPU_OVERCOMMIT: ratio({
    default: 4,
    desc: 'Driver qemu: CPU allocation ratio: virtual CPUs per CPU of the host',
  }),
  QEMU_RAM_OVERCOMMIT: ratio({
    default: 1,
    desc: 'Driver qemu: memory allocation ratio',
  }),
  QEMU_DISK_OVERCOMMIT: ratio({
    default: 1,
    desc: 'Driver qemu: disk allocation ratio, relative to the file system of QEMU_DIR',
  }),
};

/** Inputs besides the driver's own settings; its directory is in `dataDir` by default. */
interface SectionContext {
  readonly dataDir: string;
  readonly searchPath: string | undefined;
}

export function toQemu(
  env: CleanedEnv<typeof QEMU_ENVIRONMENT>,
  { dataDir, searchPath }: SectionContext,
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
    allocationRatios: {
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
