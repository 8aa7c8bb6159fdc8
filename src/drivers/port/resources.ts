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
