import { ProblemError, type components } from 'uim-compute-client';

export type Check = components['schemas']['Check'];

export interface Readiness {
  readonly status: 'ready' | 'degraded' | 'not-ready';
  readonly checks: readonly (Check & { readonly name: string })[];
}

const STATUSES = ['up', 'down', 'circuit_open', 'disabled'] as const;

/** The checks of a replica that is ready. @throws {Error} if a gateway answered instead */
export function readinessOf(body: unknown): Readiness {
  const checks = checksOf(body);
  if (checks === undefined) throw new Error(NOT_SERVICE);
  const isReady = isObject(body) && body.status === 'ready';
  return { status: isReady ? 'ready' : 'degraded', checks };
}

/** The checks of a replica that is not, which it answers with a problem; other errors are thrown again. */
export function readinessOfError(error: unknown): Readiness {
  const checks = error instanceof ProblemError ? checksOf(error.problem) : undefined;
  if (checks === undefined) throw error;
  return { status: 'not-ready', checks };
}

const NOT_SERVICE = 'The answer is not from the compute service.';

function checksOf(body: unknown): Readiness['checks'] | undefined {
  if (!isObject(body) || !isObject(body.checks)) return undefined;
  return Object.entries(body.checks).flatMap(([name, check]) => {
    if (!isObject(check)) return [];
    const status = STATUSES.find((each) => each === check.status);
    if (status === undefined) return [];
    return [{ name, status, ...(typeof check.detail === 'string' && { detail: check.detail }) }];
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
