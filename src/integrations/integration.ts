/** On whose behalf a platform service is called, and for which request. */
export interface CallContext {
  readonly tenantId: string;
  readonly requestId: string;
  readonly traceparent: string | null;
  readonly signal: AbortSignal;
}

/** Owner of a created network or volume; used to find partial work after a crash. */
export interface Owner {
  readonly instanceId: string;
  readonly attachmentId: string;
}

export type Service = 'Network' | 'Storage' | 'Monitoring';

/** Current state of a platform service. */
export interface IntegrationState {
  readonly status: 'up' | 'down' | 'circuit_open' | 'disabled';
  readonly detail?: string;
}

export const DISABLED: IntegrationState = { status: 'disabled' };
