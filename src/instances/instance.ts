import type { InstanceType } from '../common/instance-type';
import type { PublishedPort } from '../drivers';

export const INSTANCE_STATUSES = ['creating', 'running', 'stopped', 'restarting', 'error'] as const;
export type InstanceStatus = (typeof INSTANCE_STATUSES)[number];

/** A virtual machine or container as the API shows it. Times are Unix seconds. */
export interface Instance {
  readonly id: string;
  readonly name: string;
  readonly tenantId: string;
  readonly type: InstanceType;
  readonly flavor: string;
  readonly status: InstanceStatus;
  readonly imageId: string;
  readonly networkIds: readonly string[];
  readonly volumeIds: readonly string[];
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly metadata: Readonly<Record<string, string>>;
  /** Where those of its ports are reached that its creation asked for; as the engine last said. */
  readonly ports: readonly PublishedPort[];
  /** Why it is in `error`, or what it waits for. */
  readonly statusReason: string | null;
  /** Whether every deletion is refused, until this is false again. */
  readonly deletionProtection: boolean;
  /** Grows with every change; also the entity tag. */
  readonly version: number;
}

/**
 * An instance as the database keeps it ready to be sent: `document` is the JSON text of an
 * `Instance`, made by the database from the row itself, so that the two cannot differ.
 */
export interface InstanceDocument {
  readonly document: string;
  readonly version: number;
}

/** What decides whether an action is allowed. */
export interface InstanceState {
  readonly status: InstanceStatus;
  readonly version: number;
  readonly isProtected: boolean;
  readonly openOperation: { readonly id: string; readonly type: string; readonly isForced: boolean } | null;
}

export const MAX_METADATA_PAIRS = 64;

/** The path of the instance's resource, as `Location` names it. */
export function instancePath(id: string): string {
  return `/api/v1/compute/instances/${id}`;
}
