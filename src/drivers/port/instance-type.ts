export const INSTANCE_TYPES = ['vm', 'container'] as const;

export type InstanceType = (typeof INSTANCE_TYPES)[number];
