import { AppError } from '../../platform/errors/app.error';
import type { Service } from '../integration';

export interface PlatformServiceFailure {
  readonly service: Service;
  /** Human-readable, e.g. `attach volume 4711`. */
  readonly call: string;
  /** E.g. `no response within 3000 ms`. */
  readonly reason: string;
  /** False if the service may have executed the call despite the failure. */
  readonly isOutcomeKnown: boolean;
  readonly cause?: unknown;
}

const RETRY_AFTER_SECONDS = 5;

const UNAVAILABLE = {
  Network: 'network_unavailable',
  Storage: 'storage_unavailable',
  Monitoring: 'monitoring_unavailable',
} as const satisfies Record<Service, string>;

const REFUSED = {
  Network: 'network_refused',
  Storage: 'storage_refused',
  // Its client handles every refusal itself.
  Monitoring: 'metric_refused',
} as const satisfies Record<Service, string>;

/** A platform service is unreachable, slow, or sent an invalid response; the same call may succeed later. */
export class PlatformServiceError extends AppError {
  readonly isOutcomeKnown: boolean;

  constructor({ service, call, reason, isOutcomeKnown, cause }: PlatformServiceFailure) {
    super(
      'unavailable',
      UNAVAILABLE[service],
      `The ${service} service is unavailable (${call}: ${reason}); try again`,
      { retryAfterSeconds: RETRY_AFTER_SECONDS, extensions: { service }, cause },
    );
    this.isOutcomeKnown = isOutcomeKnown;
  }
}

/** A platform service rejected a call and gave a reason; a retry would not help. */
export class PlatformServiceRefusedError extends AppError {
  constructor(service: Service, call: string, reason: string) {
    super('invalid', REFUSED[service], `The ${service} service refused to ${call}: ${reason}`, {
      extensions: { service },
    });
  }
}
