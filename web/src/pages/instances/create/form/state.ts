import type { CreateInstance, Instance } from 'uim-compute-client';
import type { CreateSearch } from '../search';

export type InstanceType = Instance['type'];
type ProbeKind = NonNullable<CreateInstance['readiness']>['kind'];

/** Numbers are text as long as they are edited: an input can be empty. */
export interface PortRow {
  readonly key: number;
  readonly port: string;
  readonly protocol: 'tcp' | 'udp';
  readonly hostPort: string;
}

export interface PairRow {
  readonly key: number;
  readonly name: string;
  readonly value: string;
}

/** Input of the user. Parts that do not apply, such as the command of a container, stay while hidden. */
export interface CreateForm {
  readonly sourceSnapshotId: string | null;
  readonly resume: boolean;
  readonly imageId: string;
  readonly type: InstanceType;
  readonly flavor: string;
  readonly name: string;
  readonly count: string;
  /** One per line. */
  readonly sshKeys: string;
  readonly ports: readonly PortRow[];
  readonly networkIds: readonly string[];
  readonly createsNetwork: boolean;
  readonly network: { readonly name: string; readonly cidr: string; readonly deleteOnTermination: boolean };
  readonly volumeIds: readonly string[];
  readonly createsVolume: boolean;
  readonly volume: {
    readonly name: string;
    readonly sizeGB: string;
    readonly type: string;
    readonly deleteOnTermination: boolean;
  };
  readonly userData: string;
  /** One argument per line. */
  readonly command: string;
  readonly env: readonly PairRow[];
  readonly metadata: readonly PairRow[];
  readonly readiness: {
    readonly kind: ProbeKind | 'none';
    readonly port: string;
    readonly path: string;
    /** One argument per line. */
    readonly command: string;
    readonly text: string;
    readonly timeoutSeconds: string;
  };
  readonly restarts: boolean;
  readonly maxRestarts: string;
  readonly autostart: boolean;
  readonly deletionProtection: boolean;
}

export const MAX_COUNT = 100;
export const MAX_USER_DATA_BYTES = 65_536;
export const MAX_SSH_KEYS = 16;

let lastKey = 0;

/** Identifies a row while others are added and removed. */
export function newKey(): number {
  lastKey += 1;
  return lastKey;
}

export function initialForm({ sourceSnapshotId, imageId }: CreateSearch): CreateForm {
  return {
    sourceSnapshotId: sourceSnapshotId ?? null,
    resume: false,
    imageId: imageId ?? '',
    type: 'vm',
    flavor: '',
    name: '',
    count: '1',
    sshKeys: '',
    ports: [],
    networkIds: [],
    createsNetwork: false,
    network: { name: '', cidr: '', deleteOnTermination: false },
    volumeIds: [],
    createsVolume: false,
    volume: { name: '', sizeGB: '', type: '', deleteOnTermination: false },
    userData: '',
    command: '',
    env: [],
    metadata: [],
    readiness: { kind: 'none', port: '', path: '', command: '', text: '', timeoutSeconds: '' },
    restarts: false,
    maxRestarts: '',
    autostart: false,
    deletionProtection: false,
  };
}

/** Lines with text, without the spaces around them. */
export function linesOf(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

export function filledPorts({ ports }: Pick<CreateForm, 'ports'>): readonly PortRow[] {
  return ports.filter(({ port, hostPort }) => port !== '' || hostPort !== '');
}

export function filledPairs(rows: readonly PairRow[]): readonly PairRow[] {
  return rows.filter(({ name, value }) => name !== '' || value !== '');
}

export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
