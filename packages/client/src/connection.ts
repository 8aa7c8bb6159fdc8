import type { SocketConstructor } from './socket';

/** Address of the service, and credentials of the caller. */
export interface ClientOptions {
  /** E.g. `http://localhost:8081`, without the path of the API. */
  readonly baseUrl: string;
  /** If absent, the tenant is `default` or the one in the token. */
  readonly tenantId?: string | undefined;
  /** Sent as a bearer token. */
  readonly token?: string | undefined;
  /** Token of the gateway, if the service requires it. */
  readonly gatewayToken?: string | undefined;
  /**
   * Timeout of one call including its response, by default 60 seconds. Calls that start, stop or delete take up to 30
   * seconds, and `waitFor` ignores it.
   */
  readonly timeoutMs?: number | undefined;
  /** Replaces the global `fetch`; it must obey `init.signal`, which carries aborts and timeouts. */
  readonly fetch?: Fetch | undefined;
  /** Replaces the global `WebSocket` for sessions. Node.js 20 has none: pass that of the package `ws`. */
  readonly WebSocket?: SocketConstructor | undefined;
}

/** As much of `fetch` as the client uses. */
export type Fetch = (request: Request, init: { readonly signal: AbortSignal }) => Promise<Response>;

/** Keeps the caller's signal: the `signal` of a Request stops following it once the Request is garbage collected. */
export class SignalKeepingRequest extends Request {
  readonly callerSignal: AbortSignal | undefined;

  constructor(input: string | URL | Request, init?: RequestInit) {
    // Another host must not get the tokens and the body.
    super(input, { ...init, redirect: 'manual' });
    this.callerSignal = init?.signal ?? undefined;
  }
}

/** Default of `timeoutMs`. */
export const TIMEOUT_MS = 60_000;
const WITHOUT_BODY = [204, 205, 304];
/** A page of the service has at most 1 MiB, a console 1000 lines. */
const MAX_BODY_BYTES = 64 * 2 ** 20;
const HEADER_VALUE = /^[\x20-\x7e]*$/;
/** Longest header `X-Query` that the service accepts. */
const MAX_QUERY = 4096;

/** @throws {TypeError} if the base URL is not one of HTTP */
export function baseUrlOf({ baseUrl }: ClientOptions): string {
  if (!URL.canParse(baseUrl) || !/^https?:$/.test(new URL(baseUrl).protocol))
    throw new TypeError('baseUrl must look like http://localhost:8081');
  return baseUrl.replace(/\/+$/, '');
}

/** @throws {TypeError} which does not repeat the value, because it can be a secret */
export function headersOf({ tenantId, token, gatewayToken }: ClientOptions): Record<string, string> {
  for (const [name, value] of Object.entries({ tenantId, token, gatewayToken }))
    if (value !== undefined && !HEADER_VALUE.test(value))
      throw new TypeError(`${name} must consist of printable ASCII characters`);
  return {
    ...(tenantId !== undefined && { 'X-Tenant-ID': tenantId }),
    ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    ...(gatewayToken !== undefined && { 'X-Gateway-Token': gatewayToken }),
  };
}

/** A path parameter that would lead the request to another route; nothing was sent. */
export class InvalidPathParameterError extends TypeError {
  override readonly name = 'InvalidPathParameterError';
}

/**
 * Checks a path parameter: an empty value, `.` or `..` would call another route, for example the list.
 * @throws {InvalidPathParameterError}
 */
export function checkPathParameter(name: string, value: unknown): void {
  if (value === '' || value === '.' || value === '..') {
    throw new InvalidPathParameterError(`${name} must not be ${value === '' ? 'empty' : `"${value}"`}`);
  }
}

export function fetchOf({ fetch: given }: ClientOptions): Fetch {
  return given ?? ((request, init) => globalThis.fetch(request, init));
}

/**
 * A `fetch` that ends when the caller aborts or after `timeoutMs`. The signal is passed to `fetch` itself, because a
 * signal that only the Request holds has no effect once the Request is garbage collected.
 */
export function boundedFetchOf(options: ClientOptions): (request: Request) => Promise<Response> {
  const call = fetchOf(options);
  const { timeoutMs = TIMEOUT_MS } = options;
  return async (request) => {
    const caller = request instanceof SignalKeepingRequest ? request.callerSignal : undefined;
    const timeout = timeoutOf(timeoutMs);
    const signals = [caller ?? request.signal, timeout.signal];
    try {
      return limited(await call(request, { signal: AbortSignal.any(signals) }), timeout.clear);
    } catch (error) {
      timeout.clear();
      throw error;
    }
  };
}

/**
 * A response whose body fails beyond `MAX_BODY_BYTES`, except an event stream, which is not read as a whole.
 * @param onRead called when the body has been read
 */
function limited(response: Response, onRead: () => void): Response {
  const { body, headers, status } = response;
  if (headers.get('content-type')?.startsWith('text/event-stream') === true) return response;
  // Browsers have a body for statuses that must not have one.
  if (!body || WITHOUT_BODY.includes(status)) {
    onRead();
    return response;
  }
  let size = 0;
  const counted = body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        size += chunk.byteLength;
        if (size <= MAX_BODY_BYTES) controller.enqueue(chunk);
        else controller.error(new Error('the response is not from the compute service: it is too large'));
      },
      flush: onRead,
    }),
  );
  return new Response(counted, response);
}

/**
 * Like `AbortSignal.timeout`, but its timer keeps it alive, while Node.js may collect that one in `AbortSignal.any`; and
 * it can be cleared, so that a program with many requests does not keep a timer for each.
 */
function timeoutOf(ms: number): { readonly signal: AbortSignal; readonly clear: () => void } {
  const controller = new AbortController();
  const reason = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
  const handle = setTimeout(() => controller.abort(reason), ms);
  const timer: unknown = handle;
  // The timer must not keep a process of Node.js alive. In a browser it is a number.
  if (isTimeout(timer)) timer.unref();
  return { signal: controller.signal, clear: () => clearTimeout(handle) };
}

function isTimeout(timer: unknown): timer is { unref(): unknown } {
  const unref = typeof timer === 'object' && timer !== null && 'unref' in timer ? timer.unref : undefined;
  return typeof unref === 'function';
}

/** Repeats the query in a header, because some gateways drop the query but pass headers on. */
export function repeatQuery(request: Request): void {
  const query = new URL(request.url).search.slice(1);
  if (query !== '' && query.length <= MAX_QUERY) request.headers.set('X-Query', query);
}
