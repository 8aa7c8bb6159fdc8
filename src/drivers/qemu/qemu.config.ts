import { resolve } from 'node:path';
import { choice, defineConfig, integer, matching, path, ratio } from '../../platform/config';
import { DatabaseConfig } from '../../platform/database/database.config';
import { HostPortsConfig, parsePortRange } from '../host-ports.config';

export type QemuNetwork =
  { readonly kind: 'isolated' | 'user' } | { readonly kind: 'bridge'; readonly bridge: string };

export class QemuConfig extends defineConfig({
  title: 'QEMU',
  variables: {
    QEMU_DIR: path({
      default: '',
      desc: 'Driver qemu: directory of disks and sockets, on a local file system; empty means qemu in DATA_DIR',
    }),
    QEMU_BINARY: path({
      default: 'qemu-system-x86_64',
      desc: 'Driver qemu: path or name of the QEMU binary',
    }),
    QEMU_IMG_BINARY: path({
      default: 'qemu-img',
      desc: 'Driver qemu: path or name of the qemu-img binary',
    }),
    QEMU_ACCELERATOR: choice(['auto', 'kvm', 'tcg'], 'one of auto, kvm, tcg', {
      default: 'auto',
      desc: 'Driver qemu: kvm, tcg (slow, needs no hardware support) or auto, which uses KVM if a test machine boots with it',
    }),
    QEMU_STOP_SECONDS: integer(0, 3600, {
      default: 30,
      desc: 'Driver qemu: seconds between asking a guest to shut down and powering it off',
    }),
    QEMU_NETWORK: matching(/^(isolated|user|bridge:[A-Za-z0-9_.-]{1,15})$/, 'isolated, user or bridge:name', {
      default: 'isolated',
      desc: 'Driver qemu: isolated (published ports only), user (reaches everything that the host reaches, including its loopback) or bridge:name',
    }),
    QEMU_PUBLISH_ADDRESS: matching(/^\d{1,3}(\.\d{1,3}){3}$/, 'an IPv4 address', {
      default: '127.0.0.1',
      desc: 'Driver qemu: host address on which ports are published',
    }),
    QEMU_USER: matching(/^([a-z_][a-z0-9_-]{0,31})?$/, 'a user name', {
      default: '',
      desc: 'Driver qemu: user that virtual machines run as; empty means the user of the service',
    }),
    QEMU_CONSOLE_BYTES: integer(4096, 67_108_864, {
      default: 1_048_576,
      desc: 'Driver qemu: bytes of console output kept per virtual machine',
    }),
    QEMU_HOTPLUG_VCPUS: integer(0, 255, {
      default: 16,
      desc: 'Driver qemu: virtual CPUs that a running virtual machine can be resized to; applies from its next start',
    }),
    QEMU_HOTPLUG_RAM_GB: integer(0, 4096, {
      default: 64,
      desc: 'Driver qemu: GB of memory that a running virtual machine can be resized to; applies from its next start',
    }),
    QEMU_CPU_OVERCOMMIT: ratio({
      default: 4,
      desc: 'Driver qemu: CPU allocation ratio: virtual CPUs per CPU of the host',
    }),
    QEMU_RAM_OVERCOMMIT: ratio({ default: 1, desc: 'Driver qemu: memory allocation ratio' }),
    QEMU_DISK_OVERCOMMIT: ratio({
      default: 1,
      desc: 'Driver qemu: disk allocation ratio, relative to the file system of QEMU_DIR',
    }),
  },
  uses: { ...{ DATA_DIR: DatabaseConfig.variables.DATA_DIR }, ...HostPortsConfig.variables },
  config: (env, { PATH }) => ({
    /** Absolute path. */
    dir: resolve(env.QEMU_DIR === '' ? `${env.DATA_DIR}/qemu` : env.QEMU_DIR),
    binary: env.QEMU_BINARY,
    imgBinary: env.QEMU_IMG_BINARY,
    /** Directories, separated by `:`, to search for programs without a path: the service's own PATH. */
    searchPath: PATH ?? '/usr/bin:/bin',
    accelerator: env.QEMU_ACCELERATOR,
    /** Time between pressing the power button and killing a guest that ignores it. */
    stopGraceMs: env.QEMU_STOP_SECONDS * 1000,
    network: toNetwork(env.QEMU_NETWORK),
    publishAddress: env.QEMU_PUBLISH_ADDRESS,
    /** Ports that are published only on request. */
    requestedPorts: parsePortRange(env.HOST_PORTS),
    /** If undefined, the machines run as the user of the service. */
    user: env.QEMU_USER === '' ? undefined : env.QEMU_USER,
    consoleBytes: env.QEMU_CONSOLE_BYTES,
    /** Sizes that a running machine can grow to. */
    hotplug: { vcpus: env.QEMU_HOTPLUG_VCPUS, ramGB: env.QEMU_HOTPLUG_RAM_GB },
    allocationRatios: {
      cpu: env.QEMU_CPU_OVERCOMMIT,
      ram: env.QEMU_RAM_OVERCOMMIT,
      disk: env.QEMU_DISK_OVERCOMMIT,
    },
  }),
}) {}

function toNetwork(value: string): QemuNetwork {
  const [kind, bridge] = value.split(':');
  if (bridge !== undefined) return { kind: 'bridge', bridge };
  return { kind: kind === 'user' ? 'user' : 'isolated' };
}
