import type { Recurrence } from './cron';
import type { Retention } from './retention';

/** When snapshots of an instance are taken, and which of them are kept; as requested. */
export interface ScheduleRequest extends Recurrence {
  readonly keep: Retention;
}

/** As shown by the API. Times are Unix seconds. */
export interface SnapshotSchedule extends ScheduleRequest {
  readonly instanceId: string;
  readonly nextAt: number;
  /** When it last began a snapshot; null if it never did. */
  readonly lastAt: number | null;
  /** Why it has not begun one when it was due since; null if it has. */
  readonly lastError: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}
