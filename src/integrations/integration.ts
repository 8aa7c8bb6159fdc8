import { AppError } from '../platform/errors/app.error';
import type { ErrorCode } from '../platform/errors/catalog/index';

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

/** A request needs a platform service that is not configured. */
export class IntegrationDisabledError extends AppError {
  constructor(what: string, service: Service) {
    super(
      'unsupported',
      'integration_disabled',
      `${what} needs the ${service} service, which is not configured`,
    );
  }
}

/** A request names a network or volume that the tenant cannot use. */
export class ReferenceRefusedError extends AppError {
  static notFound(kind: 'network' | 'volume', id: string): ReferenceRefusedError {
    return new ReferenceRefusedError(
      'invalid',
      `${kind}_not_found`,
      `${kind === 'network' ? 'Network' : 'Volume'} not found: ${id}`,
      { [`${kind}Id`]: id },
    );
  }

  static accessDenied(kind: 'network' | 'volume', id: string): ReferenceRefusedError {
    return new ReferenceRefusedError('forbidden', 'access_denied', `Access denied: ${kind} ${id}`, {
      [`${kind}Id`]: id,
    });
  }

  static volumeNotAvailable(id: string): ReferenceRefusedError {
    return new ReferenceRefusedError('invalid', 'volume_not_available', 'Volume not available', {
      volumeId: id,
    });
  }

  static networkNotActive(id: string): ReferenceRefusedError {
    return new ReferenceRefusedError('invalid', 'network_not_active', `Network not active: ${id}`, {
      networkId: id,
    });
  }

  private constructor(
    kind: 'invalid' | 'forbidden',
    code: ErrorCode,
    message: string,
    extensions: Readonly<Record<string, string>>,
  ) {
    super(kind, code, message, { extensions });
  }
}
