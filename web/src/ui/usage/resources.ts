import type { Quota } from 'uim-compute-client';

export type ResourceName = keyof Quota['limits'];

export interface Resource {
  readonly name: ResourceName;
  /** Absent for what is counted. */
  readonly unit?: 'GB';
}

/** What quotas limit, in the order in which it is shown. */
export const RESOURCES: readonly Resource[] = [
  { name: 'instances' },
  { name: 'vcpus' },
  { name: 'ramGB', unit: 'GB' },
  { name: 'diskGB', unit: 'GB' },
  { name: 'gpus' },
  { name: 'snapshots' },
  { name: 'snapshotGB', unit: 'GB' },
];
