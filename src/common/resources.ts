/** What an instance takes of an engine. */
export const RESOURCES = ['vcpus', 'ramGB', 'diskGB', 'gpus'] as const;
export type Resource = (typeof RESOURCES)[number];
export type Resources = Readonly<Record<Resource, number>>;

/** What a tenant is counted by. */
export const COUNTED = ['instances', ...RESOURCES] as const;
export type Counted = (typeof COUNTED)[number];
export type Amounts = Readonly<Record<Counted, number>>;

/** A bound that is none: no limit, or no known capacity. */
export const UNBOUNDED = -1;
