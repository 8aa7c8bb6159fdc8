import { isRecord } from '../../../platform/values/records';
import {
  isLaunchSpec,
  isSource,
  type BootSource,
  type LaunchSpec,
  type SourceFile,
} from '../machine/instance-state';

/** State file of a snapshot: what a machine is made of that gets its disk. */
export interface SnapshotState {
  readonly v: 1;
  readonly deployment: string;
  readonly tenantId: string;
  readonly instanceId: string;
  readonly boot: BootSource;
  /** Files of the image that its disk is based on; they must not change. */
  readonly sources: readonly SourceFile[];
  /** Size of the disk as the guest sees it. */
  readonly diskBytes: number;
  /** Size in the flavor of the instance, which the disk of a large image exceeds. */
  readonly diskGB: number;
  readonly hasEfiVariables: boolean;
  /** Whether the guest has an agent. */
  readonly hasAgent: boolean;
  /** What a process is started with that loads its memory; null without memory. */
  readonly memory: LaunchSpec | null;
}

/** @returns undefined if the text is not a valid state */
export function parseSnapshotState(text: string): SnapshotState | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isSnapshotState(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isSnapshotState(value: unknown): value is SnapshotState {
  return (
    isRecord(value) &&
    value['v'] === 1 &&
    typeof value['deployment'] === 'string' &&
    typeof value['tenantId'] === 'string' &&
    typeof value['instanceId'] === 'string' &&
    isRecord(value['boot']) &&
    Array.isArray(value['sources']) &&
    value['sources'].every(isSource) &&
    typeof value['diskBytes'] === 'number' &&
    typeof value['diskGB'] === 'number' &&
    typeof value['hasAgent'] === 'boolean' &&
    typeof value['hasEfiVariables'] === 'boolean' &&
    (value['memory'] === null || isLaunchSpec(value['memory']))
  );
}
