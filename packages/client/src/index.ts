import type { components } from './schema';

export { createComputeClient, newIdempotencyKey, type ComputeClient } from './compute-client';
export { InvalidPathParameterError, type ClientOptions } from './connection';
export { followConsole, type FollowConsoleOptions } from './console';
export { EventStreamError } from './event-stream';
export { followEvents, type FollowOptions, type StreamedEvent } from './events';
export { ProblemError, unwrap, type DataOf, type Problem } from './problem';
export { isDryRunResult, type DryRunResult } from './dry-run';
export type { components, operations, paths } from './schema';

export type Instance = components['schemas']['Instance'];
export type InstanceStatus = Instance['status'];
export type Operation = components['schemas']['Operation'];
export type Flavor = components['schemas']['Flavor'];
export type Image = components['schemas']['Image'];
export type CreateInstance = components['schemas']['CreateInstance'];
export type CreatedInstances = components['schemas']['CreatedInstances'];
export type UpdateInstance = components['schemas']['UpdateInstance'];
export type InstanceEvent = components['schemas']['InstanceEvent'];
export type Quota = components['schemas']['Quota'];
export type Capacity = components['schemas']['Capacity'];
export type Stats = components['schemas']['Stats'];
