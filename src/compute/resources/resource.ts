/** What operations and events are about. */
export type ResourceType = 'instance' | 'snapshot';
