import { AppError } from '../../common/errors/app.error';
import type { Service } from '../integration';

export interface NeighbourFailure {
  readonly service: Service;
  /** The call in words, e.g. `attach volume 4711`. */
  readonly call: string;
  /** What went wrong, e.g. `it did not answer within 3000 ms`. */
  readonly reason: string;
  /** Whether the neighbour may have done what it was asked to all the same. */
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
  Monitoring: 'monitoring_refused',
} as const satisfies Record<Service, string>;

/** A neighbour is away, slow, or answers nonsense: the same call can succeed later. */
export class NeighbourError extends AppError {
  readonly isOutcomeKnown: boolean;

  constructor({ service, call, reason, isOutcomeKnown, cause }: NeighbourFailure) {
    super(
      'unavailable',
      UNAVAILABLE[service],
      `The ${service} service is not available (${call}: ${reason}); try again`,
      { retryAfterSeconds: RETRY_AFTER_SECONDS, extensions: { service }, cause },
    );
    this.isOutcomeKnown = isOutcomeKnown;
  }
}

/** A neighbour does not do what it was asked to, and says why: asking again would not help. */
export class NeighbourRefusedError extends AppError {
  constructor(service: Service, call: string, reason: string) {
    super('invalid', REFUSED[service], `The ${service} service refused to ${call}: ${reason}`, {
      extensions: { service },
    });
  }
}
