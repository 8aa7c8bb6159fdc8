export { ComputeClient } from './compute-client';
export { InvalidPathParameterError, type ClientOptions, type Fetch } from './connection';
export type { FollowConsoleOptions } from './console';
export { INSTANCE_ACTIONS, INSTANCE_STATUSES, type InstanceAction } from './constants';
export type { DryRunCreateOptions, DryRunDeleteOptions, DryRuns } from './dry-runs';
export { EventStreamError } from './event-stream';
export type { FollowOptions, StreamedEvent } from './events';
export type { ExecOutput, ExecRequest, RunningCommand, TerminalSize } from './exec';
export { isConnectionError } from './lost-responses';
export type { OperatorCalls } from './operator-calls';
export { ProblemError, unwrap, type DataOf, type Problem } from './problem';
export type { ReconnectOptions } from './reconnect';
export type { Routes } from './routes';
export type { components, operations, paths } from './schema';
export type { SessionCalls } from './session-calls';
export { SessionError, type SessionConnection } from './session-connection';
export type { OwnImageCalls } from './own-image-calls';
export type { SnapshotCalls, SnapshotWaitOptions } from './snapshot-calls';
export type { Socket, SocketConstructor } from './socket';
export type {
  AttachNetwork,
  Reboot,
  Rebuild,
  Resize,
  AttachVolume,
  AllInstancesFilter,
  AllSnapshotsFilter,
  AuditEvent,
  AuditFilter,
  Activity,
  Caller,
  CallOptions,
  Capacity,
  ChangeOptions,
  ConsoleOptions,
  ConsoleSession,
  CreatedInstances,
  CreatedWebhook,
  CreateFlavor,
  CreateInstance,
  CreateInstances,
  CreateSession,
  CreateSnapshot,
  CreateWebhook,
  DeleteOptions,
  DryRunResult,
  Flavor,
  GetOptions,
  Image,
  Instance,
  InstanceChangeOptions,
  InstanceDetails,
  InstanceEvent,
  InstanceFilter,
  InstanceStatus,
  ListOptions,
  Limits,
  SetWarmPool,
  WarmPool,
  Operation,
  OperationFilter,
  Orphan,
  PublishImage,
  Quota,
  Restore,
  SetSnapshotSchedule,
  Snapshot,
  SnapshotDryRun,
  SnapshotSchedule,
  Stats,
  UpdateFlavor,
  UpdateInstance,
  UpdateSnapshot,
  UpdateWebhook,
  Webhook,
  WebhookDelivery,
  WebhookDeliveryFilter,
} from './types';
export { WaitTimeoutError, type WaitGoal, type WaitOptions } from './waiting';
export type { WebhookCalls } from './webhook-calls';
