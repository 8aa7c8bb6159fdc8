import { QueryClient } from '@tanstack/react-query';
import { isConnectionError, ProblemError } from 'uim-compute-client';

const MAX_RETRIES = 3;

/** Everything that is shown is read again after events, not after a time. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (failures, error) => failures < MAX_RETRIES && isTransient(error),
      retryDelay: (failures) => Math.min(500 * 2 ** failures, 5000),
    },
    mutations: { retry: false },
  },
});

function isTransient(error: unknown): boolean {
  return error instanceof ProblemError ? error.retryable : isConnectionError(error);
}
