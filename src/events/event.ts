import type { InstanceStatus } from '../instances';

/** One version of an instance: what made it. Times are Unix seconds. */
export interface InstanceEvent {
  readonly instanceId: string;
  readonly version: number;
  /** What happened, e.g. `stop.requested` or `volume.attached`. */
  readonly type: string;
  /** Null before it was there. */
  readonly from: InstanceStatus | null;
  /** Null where it is gone. */
  readonly to: InstanceStatus | null;
  /** Why it failed or waits, or which resource it is about. */
  readonly reason: string | null;
  /** Who asked for it; null where that is from before it was written down. */
  readonly actor: string | null;
  readonly requestId: string | null;
  readonly operationId: string | null;
  readonly at: number;
}
