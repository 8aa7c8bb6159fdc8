import { ComputeClient } from 'uim-compute-client';

/** Sent with each request. Tokens are kept in memory only: storage outlives the page. */
export interface Credentials {
  readonly tenantId?: string;
  readonly token?: string;
}

/** Time of a request. Those that start, stop or delete take up to 30 seconds. */
const TIMEOUT_MS = 60_000;

/** Header that the client of the API sends the tenant in. */
const STANDARD_HEADER = 'X-Tenant-ID';

export function clientOf(
  { tenantId, token }: Credentials,
  tenantHeader: string,
  onRefused: () => void,
): ComputeClient {
  return new ComputeClient({
    baseUrl: window.location.origin,
    tenantId,
    token,
    timeoutMs: TIMEOUT_MS,
    fetch: async (request, init) => {
      if (tenantId !== undefined && tenantHeader !== STANDARD_HEADER)
        request.headers.set(tenantHeader, tenantId);
      const response = await fetch(request, init);
      if (response.status === 401) onRefused();
      return response;
    },
  });
}
