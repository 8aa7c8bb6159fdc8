import type { Limits, Quota } from 'uim-compute-client';
import { RESOURCES, type ResourceName } from '../../../ui/usage/resources';

/** Typed text; empty means the default of the service. */
export type LimitsDraft = Readonly<Record<ResourceName, string>>;

export interface ParsedLimits {
  /** Only what differs. */
  readonly changes: Limits;
  /** Fields that are not numbers. */
  readonly invalid: readonly ResourceName[];
}

export function draftOf({ limits }: Quota): LimitsDraft {
  return {
    instances: String(limits.instances),
    vcpus: String(limits.vcpus),
    ramGB: String(limits.ramGB),
    diskGB: String(limits.diskGB),
    gpus: String(limits.gpus),
    snapshots: String(limits.snapshots),
    snapshotGB: String(limits.snapshotGB),
  };
}

/** Undefined if the text is neither a whole number from -1 nor empty. */
export function limitOf(text: string): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  return /^(-1|\d{1,10})$/.test(trimmed) ? Number(trimmed) : undefined;
}

export function parseLimits(draft: LimitsDraft, { limits }: Quota): ParsedLimits {
  const changes: Record<string, number | null> = {};
  const invalid: ResourceName[] = [];
  for (const { name } of RESOURCES) {
    const limit = limitOf(draft[name]);
    if (limit === undefined) invalid.push(name);
    else if (limit !== limits[name]) changes[name] = limit;
  }
  return { changes, invalid };
}
