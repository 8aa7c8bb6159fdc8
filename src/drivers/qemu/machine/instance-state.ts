import { isRecord } from '../../../platform/values/records';
import type { PublishedPort } from '../../port/driver-call';

/** Boot source of a machine. Paths are absolute. */
export type BootSource =
  | { readonly kind: 'bios' }
  | { readonly kind: 'uefi'; readonly code: string }
  | {
      readonly kind: 'kernel';
      readonly kernel: string;
      readonly initrd: string | null;
      readonly commandLine: string;
    };

/** A file of an image that a machine is based on, as it was when it was last checked. */
export interface SourceFile {
  /** Absolute path. */
  readonly file: string;
  /** See `contentVersion`. */
  readonly version: string;
  /** In hex; null if the catalog had none when the machine was created. */
  readonly sha256: string | null;
}

export type Accelerator = 'kvm' | 'tcg';

/** What the process of a machine was started with, as far as the memory of its guest depends on it. */
export interface LaunchSpec {
  /** Type of the machine in QEMU; `q35` is its latest version. */
  readonly machine: string;
  readonly accelerator: Accelerator;
  readonly vcpus: number;
  readonly ramGB: number;
  /** Sizes that it can grow to while it runs. */
  readonly hotplug: { readonly vcpus: number; readonly ramGB: number };
  /** Whether it has a port for the guest agent. */
  readonly hasAgent: boolean;
  readonly isBridged: boolean;
}

/** State file of a machine: everything that a later service process needs. */
export interface InstanceState {
  readonly v: 1;
  readonly deployment: string;
  readonly tenantId: string;
  /** Whether the last requested state is running. */
  readonly isWanted: boolean;
  readonly boot: BootSource;
  /** Checked before each start. Empty if an earlier version of the driver created the machine. */
  readonly sources: readonly SourceFile[];
  readonly ports: readonly PublishedPort[];
  /** Why it stopped, if it stopped on its own and that was observed. */
  readonly ended: string | null;
  /** The boot of the host in which it was last started; absent if an earlier version of the driver started it. */
  readonly hostBoot?: string;
  /** Where the console output since the last start begins; absent if that is its beginning or the output is not probed. */
  readonly consoleFrom?: { readonly file: string; readonly offset: number };
  /** Whether its process has a port for the guest agent; false if an earlier version of the driver started it. */
  readonly hasAgent: boolean;
  /** Of its process; absent if an earlier version of the driver started it. */
  readonly launched?: LaunchSpec;
  /** If not null, the next start continues from the memory in the file `memory`, which is removed before the guest runs. */
  readonly resumes: LaunchSpec | null;
  /** Size that the next start grows the disk to, which comes from a snapshot; null if it has its size. */
  readonly growsToGB: number | null;
}

/** Members that earlier versions of the driver did not write. */
const DEFAULTS = { sources: [], hasAgent: false, resumes: null, growsToGB: null };

/** @returns undefined if the text is not a valid state */
export function parseState(text: string): InstanceState | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const state = isRecord(value) ? { ...DEFAULTS, ...value } : value;
    return isState(state) ? state : undefined;
  } catch {
    return undefined;
  }
}

function isState(value: unknown): value is InstanceState {
  return (
    isRecord(value) &&
    value['v'] === 1 &&
    typeof value['deployment'] === 'string' &&
    typeof value['tenantId'] === 'string' &&
    typeof value['isWanted'] === 'boolean' &&
    isRecord(value['boot']) &&
    Array.isArray(value['sources']) &&
    value['sources'].every(isSource) &&
    Array.isArray(value['ports']) &&
    typeof value['hasAgent'] === 'boolean' &&
    (value['launched'] === undefined || isLaunchSpec(value['launched'])) &&
    (value['resumes'] === null || isLaunchSpec(value['resumes'])) &&
    (value['growsToGB'] === null || typeof value['growsToGB'] === 'number')
  );
}

export function isLaunchSpec(value: unknown): value is LaunchSpec {
  return (
    isRecord(value) &&
    typeof value['machine'] === 'string' &&
    ['kvm', 'tcg'].includes(String(value['accelerator'])) &&
    isSize(value) &&
    isSize(value['hotplug']) &&
    typeof value['hasAgent'] === 'boolean' &&
    typeof value['isBridged'] === 'boolean'
  );
}

function isSize(value: unknown): boolean {
  return isRecord(value) && Number.isInteger(value['vcpus']) && Number.isInteger(value['ramGB']);
}

export function isSource(value: unknown): value is SourceFile {
  return (
    isRecord(value) &&
    typeof value['file'] === 'string' &&
    typeof value['version'] === 'string' &&
    (value['sha256'] === null || typeof value['sha256'] === 'string')
  );
}
