/** Where the service is, and as whom it is called. */
export interface ClientOptions {
  /** E.g. `http://localhost:8081`, without the path of the API. */
  readonly baseUrl: string;
  /** Absent means the tenant `default`, or the one that the token names. */
  readonly tenantId?: string;
  /** Sent as bearer token. */
  readonly token?: string;
  /** What only the gateway knows, where the service demands it. */
  readonly gatewayToken?: string;
  /** Longest time of one call, its answer included; 60 seconds. */
  readonly timeoutMs?: number;
  /** Gives every creation that has none a random `Idempotency-Key`. */
  readonly idempotentCreates?: boolean;
  readonly fetch?: (request: Request) => Promise<Response>;
}

const TIMEOUT_MS = 60_000;
/** What the service reads of the header `X-Query`. */
const MAX_QUERY = 4096;

export function baseUrlOf({ baseUrl }: ClientOptions): string {
  return baseUrl.replace(/\/+$/, '');
}

export function headersOf({ tenantId, token, gatewayToken }: ClientOptions): Record<string, string> {
  return {
    ...(tenantId !== undefined && { 'X-Tenant-ID': tenantId }),
    ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    ...(gatewayToken !== undefined && { 'X-Gateway-Token': gatewayToken }),
  };
}

export function fetchOf({ fetch: given }: ClientOptions): (request: Request) => Promise<Response> {
  return given ?? ((request) => globalThis.fetch(request));
}

/** Calls that end: by the caller's signal, or when their time is over. */
export function boundedFetchOf(options: ClientOptions): (request: Request) => Promise<Response> {
  const call = fetchOf(options);
  const { timeoutMs = TIMEOUT_MS } = options;
  return (request) =>
    call(new Request(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]) }));
}

/** A query twice: gateways are known that drop it, and they pass headers on. */
export function repeatQuery(request: Request): void {
  const query = new URL(request.url).search.slice(1);
  if (query !== '' && query.length <= MAX_QUERY) request.headers.set('X-Query', query);
}
