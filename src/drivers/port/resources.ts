/** Resources of an engine that an instance uses. */
export const RESOURCES = ['vcpus', 'ramGB', 'diskGB', 'gpus'] as const;
type Resource = (typeof RESOURCES)[number];
export type Resources = Readonly<Record<Resource, number>>;

/** What quotas limit. */
export const COUNTED = ['instances', ...RESOURCES] as const;
export type Counted = (typeof COUNTED)[number];
export type Amounts = Readonly<Record<Counted, number>>;

/** No limit, or unknown capacity. */
export const UNBOUNDED = -1;

/** Whether processors and memory stay the same or become more; disks never become smaller. */
export function isGrowth(from: Resources, to: Resources): boolean {
  return to.vcpus >= from.vcpus && to.ramGB >= from.ramGB;
}
