import type { components } from './schema';

export { createComputeClient, newIdempotencyKey, type ComputeClient } from './compute-client';
export type { ClientOptions } from './connection';
export { followEvents, type FollowOptions, type StreamedEvent } from './events';
export type { CreatedInstances, InstanceEvent, InstanceEventList, Quantities, Quota } from './pending';
export { ProblemError, unwrap, type DataOf, type Problem } from './problem';
export type { components, operations, paths } from './schema';

export type Instance = components['schemas']['InstanceDto'];
export type InstanceStatus = Instance['status'];
export type Operation = components['schemas']['OperationDto'];
export type Flavor = components['schemas']['FlavorDto'];
/** What a dry run answers. */
export type Rehearsal = components['schemas']['RehearsalDto'];
export type CreateInstance = components['schemas']['CreateInstanceDto'];
