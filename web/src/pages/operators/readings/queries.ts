import { queryOptions } from '@tanstack/react-query';
import { unwrap, type ComputeClient } from 'uim-compute-client';
import { keys } from '../../../api/queries';
import { parseMetrics, type Sample } from './metrics';
import { readinessOf, readinessOfError, type Readiness } from './readiness';
import type { Failing, Part, Reading } from './reading';

/** An overview must not wait for one part of the service that hangs. */
const TIMEOUT_MS = 8000;
const MOST_FAILING = 1000;

/** Everything that the overview shows. */
export const overviewQuery = (compute: ComputeClient) =>
  queryOptions({
    queryKey: [...keys.operators, 'overview'],
    queryFn: async ({ signal: unmounted }): Promise<Reading> => {
      const signal = AbortSignal.any([unmounted, AbortSignal.timeout(TIMEOUT_MS)]);
      const [readiness, capacity, failing, orphans, metrics, warmPools] = await Promise.all([
        part(readReadiness(compute, signal)),
        part(compute.capacity({ signal })),
        part(readFailing(compute, signal)),
        part(compute.operator.orphans({ signal })),
        part(readMetrics(compute, signal)),
        part(compute.operator.warmPools({ signal })),
      ]);
      return { readiness, capacity, failing, orphans, metrics, warmPools };
    },
  });

async function part<T>(call: Promise<T>): Promise<Part<T>> {
  try {
    return { value: await call };
  } catch (error) {
    return { error };
  }
}

async function readReadiness(compute: ComputeClient, signal: AbortSignal): Promise<Readiness> {
  try {
    return readinessOf(await unwrap(compute.routes.GET('/health/ready', { signal })));
  } catch (error) {
    return readinessOfError(error);
  }
}

async function readFailing(compute: ComputeClient, signal: AbortSignal): Promise<Failing> {
  const query = { allTenants: true, status: 'error', limit: MOST_FAILING } as const;
  const call = compute.routes.GET('/api/v1/compute/instances', { params: { query }, signal });
  const { instances, nextPageToken } = await unwrap(call);
  return { instances, isCut: nextPageToken !== undefined };
}

async function readMetrics(compute: ComputeClient, signal: AbortSignal): Promise<readonly Sample[]> {
  const text = await unwrap(compute.routes.GET('/metrics', { parseAs: 'text', signal }));
  const samples = parseMetrics(text);
  if (samples.length === 0) throw new Error('The answer is not from the compute service.');
  return samples;
}
