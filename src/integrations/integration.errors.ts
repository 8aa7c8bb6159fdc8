import { AppError } from '../platform/errors/app.error';
import { defineErrors, type ErrorDefinition } from '../platform/errors/define-errors';
import { SERVICE_ERRORS } from '../platform/errors/service.errors';
import type { Service } from './integration';

const EXAMPLE_ID = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

export const INTEGRATION_ERRORS = defineErrors({
  integration_disabled: {
    status: 400,
    example: 'createNetwork needs the Network service, which is not configured',
    retryable: false,
    meaning: 'The platform service that provides this resource is not configured in this deployment.',
    remedy: 'Omit the member, or ask an operator to configure the service.',
  },
  network_not_found: {
    status: 400,
    example: `Network not found: ${EXAMPLE_ID}`,
    retryable: false,
    meaning: 'The Network service has no network with this id.',
    remedy: 'Correct the id, or create a network with `createNetwork`.',
  },
  network_not_active: {
    status: 400,
    example: `Network not active: ${EXAMPLE_ID}`,
    retryable: false,
    meaning: 'The network exists but is not active.',
    remedy: 'Activate it, or use another one.',
  },
  volume_not_found: {
    status: 400,
    example: `Volume not found: ${EXAMPLE_ID}`,
    retryable: false,
    meaning: 'The Storage service has no volume with this id.',
    remedy: 'Correct the id, or create a volume with `createVolume`.',
  },
  volume_not_available: {
    status: 400,
    example: 'Volume not available',
    retryable: false,
    meaning: 'The volume is attached to another instance, or its status does not allow attaching.',
    remedy: 'Detach it from the other instance first, or use another volume.',
  },
  network_refused: {
    status: 400,
    example: 'The Network service refused to create network web-network: no such range',
    retryable: false,
    meaning: 'The Network service refused the request; `detail` contains its reason.',
    remedy: 'Change what the reason names, and repeat the request.',
  },
  storage_refused: {
    status: 400,
    example: 'The Storage service refused to create volume web-disk: sizeGB too large',
    retryable: false,
    meaning: 'The Storage service refused the request; `detail` contains its reason.',
    remedy: 'Change what the reason names, and repeat the request.',
  },
  network_unavailable: {
    status: 503,
    example: 'The Network service is unavailable (list networks: no response within 3000 ms); try again',
    retryable: true,
    meaning: 'The Network service is unreachable, too slow, or returns invalid responses.',
    remedy: 'Repeat after `Retry-After`. `/health/ready` shows the state of the service.',
  },
  storage_unavailable: {
    status: 503,
    example: 'The Storage service is unavailable (attach volume 4711: ECONNREFUSED); try again',
    retryable: true,
    meaning: 'The Storage service is unreachable, too slow, or returns invalid responses.',
    remedy: 'Repeat after `Retry-After`. `/health/ready` shows the state of the service.',
  },
  metric_refused: {
    status: 503,
    example: 'Monitoring returned status 400',
    retryable: true,
    meaning: 'The Monitoring service rejected a metric or a health report; it is sent again later.',
    remedy: 'Check the log of the Monitoring service.',
  },
  monitoring_unavailable: {
    status: 503,
    example: 'The Monitoring service is unavailable (report health: ECONNREFUSED); try again',
    retryable: true,
    meaning: 'The Monitoring service is unavailable; metrics are kept in the outbox.',
    remedy: 'No action needed; they are delivered when the service is available again.',
  },
});

/** A request needs a platform service that is not configured. */
export class IntegrationDisabledError extends AppError {
  constructor(what: string, service: Service) {
    const message = `${what} needs the ${service} service, which is not configured`;
    super(INTEGRATION_ERRORS.integration_disabled, { message });
  }
}

/** A request names a network or volume that the tenant cannot use. */
export class ReferenceRefusedError extends AppError {
  static notFound(kind: 'network' | 'volume', id: string): ReferenceRefusedError {
    const [error, name] =
      kind === 'network'
        ? [INTEGRATION_ERRORS.network_not_found, 'Network']
        : [INTEGRATION_ERRORS.volume_not_found, 'Volume'];
    return new ReferenceRefusedError(error, `${name} not found: ${id}`, { [`${kind}Id`]: id });
  }

  static accessDenied(kind: 'network' | 'volume', id: string): ReferenceRefusedError {
    return new ReferenceRefusedError(SERVICE_ERRORS.access_denied, `Access denied: ${kind} ${id}`, {
      [`${kind}Id`]: id,
    });
  }

  static volumeNotAvailable(id: string): ReferenceRefusedError {
    return new ReferenceRefusedError(INTEGRATION_ERRORS.volume_not_available, 'Volume not available', {
      volumeId: id,
    });
  }

  static networkNotActive(id: string): ReferenceRefusedError {
    return new ReferenceRefusedError(INTEGRATION_ERRORS.network_not_active, `Network not active: ${id}`, {
      networkId: id,
    });
  }

  private constructor(error: ErrorDefinition, message: string, extensions: Readonly<Record<string, string>>) {
    super(error, { message, extensions });
  }
}

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
  Network: INTEGRATION_ERRORS.network_unavailable,
  Storage: INTEGRATION_ERRORS.storage_unavailable,
  Monitoring: INTEGRATION_ERRORS.monitoring_unavailable,
} satisfies Record<Service, ErrorDefinition>;

const REFUSED = {
  Network: INTEGRATION_ERRORS.network_refused,
  Storage: INTEGRATION_ERRORS.storage_refused,
  // Its client handles every refusal itself.
  Monitoring: INTEGRATION_ERRORS.metric_refused,
} satisfies Record<Service, ErrorDefinition>;

/** A platform service is unreachable, slow, or sent an invalid response; the same call may succeed later. */
export class PlatformServiceError extends AppError {
  readonly isOutcomeKnown: boolean;

  constructor({ service, call, reason, isOutcomeKnown, cause }: PlatformServiceFailure) {
    super(UNAVAILABLE[service], {
      message: `The ${service} service is unavailable (${call}: ${reason}); try again`,
      retryAfterSeconds: RETRY_AFTER_SECONDS,
      extensions: { service },
      cause,
    });
    this.isOutcomeKnown = isOutcomeKnown;
  }
}

/** A platform service rejected a call and gave a reason; a retry would not help. */
export class PlatformServiceRefusedError extends AppError {
  constructor(service: Service, call: string, reason: string) {
    super(REFUSED[service], {
      message: `The ${service} service refused to ${call}: ${reason}`,
      extensions: { service },
    });
  }
}

/** Monitoring is available, but rejected this request. */
export class MetricRefusedError extends AppError {
  constructor(status: number) {
    super(INTEGRATION_ERRORS.metric_refused, { message: `Monitoring returned status ${status}` });
  }
}
