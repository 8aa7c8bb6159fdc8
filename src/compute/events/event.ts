import type { InstanceStatus } from '../instances';

/** The change that led to one version of an instance. Times are Unix seconds. */
export interface InstanceEvent {
  readonly instanceId: string;
  readonly version: number;
  /** What happened, e.g. `stop.requested` or `volume.attached`. */
  readonly type: string;
  /** Null before creation. */
  readonly from: InstanceStatus | null;
  /** Null after deletion. */
  readonly to: InstanceStatus | null;
  /** Why it failed or is waiting, or which resource is concerned. */
  readonly reason: string | null;
  /** Who requested the change; null if it predates the recording of actors. */
  readonly actor: string | null;
  readonly requestId: string | null;
  readonly operationId: string | null;
  readonly at: number;
}
