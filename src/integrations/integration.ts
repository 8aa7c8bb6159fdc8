import { AppError } from '../common/errors/app.error';

/** On whose behalf a neighbour is called, and for which request. */
export interface CallContext {
  readonly tenantId: string;
  readonly requestId: string;
  readonly traceparent: string | null;
  readonly signal: AbortSignal;
}

export type IntegrationState = 'up' | 'down' | 'disabled';

/** A request needs a neighbour that this installation does not have. */
export class IntegrationDisabledError extends AppError {
  constructor(member: string, service: string) {
    super(
      'unsupported',
      'integration_disabled',
      `${member} needs the ${service} service, which is not configured here`,
    );
  }
}
