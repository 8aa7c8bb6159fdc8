import { createHash } from 'node:crypto';
import type { QemuNetwork } from '../qemu.config';
import type { PublishedPort } from '../../port/driver-call';
import type { BootSource, LaunchSpec } from './instance-state';

/** Files in QEMU's working directory, which belongs to the user that QEMU runs as. */
export const FILES = {
  disk: 'disk.qcow2',
  seed: 'seed.img',
  efiVariables: 'efivars.fd',
  takenDisk: 'taken-disk.qcow2',
  takenMemory: 'taken-memory.qcow2',
  takenEfiVariables: 'taken-efivars.fd',
  qmp: 'qmp.sock',
  events: 'events.sock',
  vnc: 'vnc.sock',
  agent: 'agent.sock',
  pid: 'qemu.pid',
} as const;

export const CONSOLE = 'console';
export const DISK = 'disk';
export const AGENT = 'agent';
/** The variable store of UEFI firmware. */
export const EFI_VARIABLES = 'flash1';

const MIN_RING_BYTES = 4096;
/** Times that a running machine can get more memory. */
const MEMORY_SLOTS = 16;

export interface MachineSpec extends Omit<LaunchSpec, 'isBridged'> {
  readonly id: string;
  readonly boot: BootSource;
  readonly network: QemuNetwork;
  readonly ports: readonly PublishedPort[];
  readonly consoleBytes: number;
  /** Whether the guest waits for a command instead of booting. */
  readonly isHeld: boolean;
}

/**
 * The command line of a machine. It contains no user input: names are derived from the id, and paths are relative to
 * the directory of the machine. The exceptions are the paths of kernel, initrd and firmware, which the operator sets
 * and which are passed as separate arguments or JSON, so that a comma in them is not a separator.
 */
export function qemuArguments(machine: MachineSpec): readonly string[] {
  return [
    ...['-name', `guest=uim-${machine.id},process=uim-${machine.id.slice(0, 8)}`],
    ...['-uuid', machine.id],
    ...[
      '-machine',
      machine.machine,
      '-accel',
      machine.accelerator,
      '-cpu',
      machine.accelerator === 'kvm' ? 'host' : 'max',
    ],
    ...['-smp', processors(machine), '-m', memory(machine)],
    ...['-nodefaults', '-no-user-config', '-display', 'none', '-sandbox', sandbox(machine.network)],
    // Keeps QEMU running after a guest shutdown until the driver has read the console and the run state.
    ...['-action', 'shutdown=pause'],
    ...['-qmp', `unix:${FILES.qmp},server=on,wait=off`, '-pidfile', FILES.pid],
    // A monitor serves one client at a time, and the client of this one stays.
    ...['-qmp', `unix:${FILES.events},server=on,wait=off`],
    ...['-vga', 'std', '-vnc', `unix:${FILES.vnc}`],
    ...[
      '-chardev',
      `ringbuf,id=${CONSOLE},size=${consoleRingBytes(machine.consoleBytes)}`,
      '-serial',
      `chardev:${CONSOLE}`,
    ],
    ...disk(DISK, 'qcow2', FILES.disk),
    ...disk('seed', 'raw', FILES.seed),
    ...['-netdev', netdev(machine), '-device', `virtio-net-pci,netdev=net,mac=${macOf(machine.id)}`],
    ...['-device', 'virtio-rng-pci'],
    ...agent(machine),
    ...boot(machine.boot),
    ...(machine.isHeld ? ['-S'] : []),
  ];
}

function processors({ vcpus, hotplug }: MachineSpec): string {
  return hotplug.vcpus > vcpus ? `${vcpus},maxcpus=${hotplug.vcpus}` : String(vcpus);
}

function memory({ ramGB, hotplug }: MachineSpec): string {
  const size = `${ramGB}G`;
  return hotplug.ramGB > ramGB ? `${size},slots=${MEMORY_SLOTS},maxmem=${hotplug.ramGB}G` : size;
}

/** The bridge helper is a separate program and may need more privileges than QEMU. */
function sandbox({ kind }: QemuNetwork): string {
  const helper =
    kind === 'bridge' ? 'elevateprivileges=children,spawn=allow' : 'elevateprivileges=deny,spawn=deny';
  return `on,obsolete=deny,${helper},resourcecontrol=deny`;
}

function disk(name: string, driver: 'qcow2' | 'raw', filename: string): readonly string[] {
  const isReadOnly = driver === 'raw';
  const file = { driver: 'file', filename, 'read-only': isReadOnly };
  const node = { driver, 'node-name': name, 'read-only': isReadOnly, file };
  return ['-blockdev', JSON.stringify(node), '-device', `virtio-blk-pci,drive=${name},id=${name}-device`];
}

function netdev({ network, ports }: MachineSpec): string {
  if (network.kind === 'bridge') return `bridge,id=net,br=${network.bridge}`;
  const forwards = ports.map(
    ({ protocol, address, hostPort, port }) => `,hostfwd=${protocol}:${address}:${hostPort}-:${port}`,
  );
  // `restrict=on` blocks outgoing traffic, including to the host's loopback and to ports published there.
  return `user,id=net${network.kind === 'isolated' ? ',restrict=on' : ''}${forwards.join('')}`;
}

/** The agent in the guest finds its port by the name. */
function agent({ hasAgent }: MachineSpec): readonly string[] {
  if (!hasAgent) return [];
  return [
    ...['-chardev', `socket,id=${AGENT},path=${FILES.agent},server=on,wait=off`],
    ...['-device', 'virtio-serial-pci'],
    ...['-device', `virtserialport,chardev=${AGENT},name=org.qemu.guest_agent.0`],
  ];
}

function boot(source: BootSource): readonly string[] {
  switch (source.kind) {
    case 'bios':
      return [];
    case 'uefi':
      return [...flash(0, source.code), ...flash(1, null)];
    case 'kernel':
      return [
        ...['-kernel', source.kernel],
        ...(source.initrd === null ? [] : ['-initrd', source.initrd]),
        ...['-append', commandLine(source.commandLine)],
      ];
  }
}

/** Unit 0 is the firmware code, unit 1 its variable store. */
function flash(unit: 0 | 1, code: string | null): readonly string[] {
  const name = `flash${unit}`;
  const file = { driver: 'file', filename: code ?? FILES.efiVariables };
  const node = { driver: 'raw', 'node-name': name, 'read-only': code !== null, file };
  return ['-blockdev', JSON.stringify(node), '-machine', `pflash${unit}=${name}`];
}

function commandLine(given: string): string {
  return /(^|\s)console=/.test(given) ? given : `console=ttyS0 ${given}`.trim();
}

/** QEMU requires the size of a ring buffer to be a power of two. */
export function consoleRingBytes(wanted: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(MIN_RING_BYTES, wanted)));
}

/** Locally administered address, the same at every start. */
function macOf(id: string): string {
  const bytes = createHash('sha256').update(id).digest().subarray(0, 5);
  return ['02', ...Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))].join(':');
}
