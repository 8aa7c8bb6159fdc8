import type { components } from './schema';

export { createComputeClient, newIdempotencyKey, type ComputeClient } from './compute-client';
export { InvalidPathParameterError, type ClientOptions } from './connection';
export { followConsole, type FollowConsoleOptions } from './console';
export { EventStreamError } from './event-stream';
export { followEvents, type FollowOptions, type StreamedEvent } from './events';
export { ProblemError, unwrap, type DataOf, type Problem } from './problem';
export { isDryRunResult, type DryRunResult } from './dry-run';
export type { components, operations, paths } from './schema';

export type Instance = components['schemas']['InstanceDto'];
export type InstanceStatus = Instance['status'];
export type Operation = components['schemas']['OperationDto'];
export type Flavor = components['schemas']['FlavorDto'];
export type Image = components['schemas']['ImageDto'];
export type CreateInstance = components['schemas']['CreateInstanceDto'];
export type CreatedInstances = components['schemas']['CreatedInstancesDto'];
export type UpdateInstance = components['schemas']['UpdateInstanceDto'];
export type InstanceEvent = components['schemas']['EventDto'];
export type Quota = components['schemas']['QuotaDto'];
export type Capacity = components['schemas']['CapacityDto'];
export type Stats = components['schemas']['StatsDto'];
