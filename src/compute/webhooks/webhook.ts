/** A URL that receives the events of a tenant's instances. Times are Unix seconds. */
export interface Webhook {
  readonly id: string;
  readonly url: string;
  /** Names of event types, `*`, or the first part of a name with `.*`. */
  readonly types: readonly string[];
  readonly enabled: boolean;
  /** Why the service disabled it; null otherwise. */
  readonly disabledReason: string | null;
  readonly pendingDeliveries: number;
  /** Whether later events wait because too many deliveries are pending. */
  readonly lagging: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface NewWebhook {
  readonly id: string;
  readonly url: string;
  readonly types: readonly string[];
  readonly secret: string;
}

/** Members that are undefined stay as they are. */
export interface WebhookChanges {
  readonly url?: string | undefined;
  readonly types?: readonly string[] | undefined;
  readonly enabled?: boolean | undefined;
  readonly secret?: string | undefined;
}

export const DELIVERY_STATUSES = ['pending', 'succeeded', 'dead'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** The delivery of one event to one webhook. Times are Unix seconds. */
export interface Delivery {
  readonly id: string;
  readonly type: string;
  readonly instanceId: string;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  /** HTTP status of the last attempt; null without a response. */
  readonly responseStatus: number | null;
  /** Why the last attempt failed; null if it succeeded or there was none. */
  readonly error: string | null;
  readonly createdAt: number;
  readonly attemptedAt: number | null;
  /** Null unless it is pending. */
  readonly nextAttemptAt: number | null;
}
