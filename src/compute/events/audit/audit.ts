import type { InstanceEvent } from '../event';

export interface AuditEvent extends InstanceEvent {
  readonly tenantId: string;
}

/** What events must have to be found. */
export interface AuditFilter {
  readonly tenantId?: string;
  readonly instanceId?: string;
  readonly actor?: string;
  readonly requestId?: string;
  readonly type?: string;
  /** First and last second, in Unix seconds. */
  readonly since?: number;
  readonly until?: number;
}

export interface AuditPage {
  /** Newest first. */
  readonly events: readonly AuditEvent[];
  /** Time of the oldest examined event; null if all were examined. */
  readonly examinedTo: number | null;
  readonly nextPageToken?: string;
}
