import type { CatalogueGroup } from './entry';

/** Errors of the request itself: its format, authentication, authorization, limits and preconditions. */
export const REQUEST_ERRORS = {
  malformed_request: {
    status: 400,
    example: 'This is not a well-formed HTTP request',
    retryable: false,
    meaning: 'The bytes that arrived are no HTTP/1.1 request, or one without a Host header.',
    remedy: 'Look at what sends them: a proxy in between, or TLS on a port that speaks plain HTTP.',
  },
  malformed_url: {
    status: 400,
    example: 'The path has a broken percent-encoding',
    retryable: false,
    meaning:
      'The path or the query has a `%` that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (`#`).',
    remedy: 'Encode each part of the path and the query as UTF-8, e.g. with `encodeURIComponent`.',
  },
  invalid_header: {
    status: 400,
    example: 'X-Query must be one URL-encoded query string of up to 4096 characters',
    retryable: false,
    meaning: 'A header that decides what the request does cannot be read. Nothing was done.',
    remedy: 'Correct the header that `detail` names, and send it once.',
  },
  malformed_encoding: {
    status: 400,
    example: 'The body does not unpack as its Content-Encoding says',
    retryable: false,
    meaning: 'The body is compressed in another way than its header says, or is cut off.',
    remedy: 'Send it plain, without Content-Encoding.',
  },
  malformed_json: {
    status: 400,
    example: 'The body is not valid JSON',
    retryable: false,
    meaning: 'The body says that it is JSON, and does not parse.',
    remedy: 'Send JSON; on a command line, mind the quotes.',
  },
  incomplete_body: {
    status: 400,
    example: 'The body ended before its Content-Length',
    retryable: true,
    meaning: 'The connection ended, or the body was over, before as much of it came as was announced.',
    remedy: 'Send it again; where that does not help, correct the Content-Length.',
  },
  validation_failed: {
    status: 400,
    example: 'name must be text of 1 to 255 characters',
    retryable: false,
    meaning: 'The body or the query does not have the shape of this route. Unknown members are refused, too.',
    remedy: 'Correct each member that `errors` names.',
  },
  invalid_page_token: {
    status: 400,
    example: 'pageToken must be the nextPageToken of an earlier answer',
    retryable: false,
    meaning: 'The page token was not made by this service, or was cut short.',
    remedy: 'Give `nextPageToken` as it came, or begin again without one.',
  },
  request_refused: {
    status: 400,
    example: 'The request cannot be taken',
    retryable: false,
    meaning: 'Something is wrong with the request that has no code of its own; `detail` says what.',
    remedy: 'Change what `detail` names.',
  },
  route_not_found: {
    status: 404,
    example: 'There is no GET /api/v1/compute/servers; /api/docs lists what there is',
    retryable: false,
    meaning: 'The service has no such path.',
    remedy: 'Look the route up in `/api/docs`.',
  },
  method_not_allowed: {
    status: 405,
    example: 'PUT is not allowed for /api/v1/compute/instances; use GET, HEAD, POST',
    retryable: false,
    meaning: 'The path exists, but not with this method. The header `Allow` lists the methods that it takes.',
    remedy: 'Use one of the methods in `Allow`.',
  },
  request_timeout: {
    status: 408,
    example: 'The request did not arrive in time',
    retryable: true,
    meaning:
      'The headers and the body did not arrive within `REQUEST_TIMEOUT_SECONDS`, or no more of the body arrived for `BODY_TIMEOUT_SECONDS`. Nothing was done.',
    remedy: 'Send it again. A gateway that announces a body must send one.',
  },
  body_too_large: {
    status: 413,
    example: 'The body is larger than this service takes',
    retryable: false,
    meaning: 'The body has more than `BODY_LIMIT_BYTES`.',
    remedy: 'Send less; metadata has room for 64 pairs.',
  },
  unsupported_media_type: {
    status: 415,
    example: 'Send the body as application/json',
    retryable: false,
    meaning: 'The body is no JSON by its Content-Type, or in a charset or encoding that is not read here.',
    remedy: 'Send UTF-8 with `Content-Type: application/json`.',
  },
  expectation_failed: {
    status: 417,
    example: 'The only expectation that this service meets is 100-continue',
    retryable: false,
    meaning: 'The request has an `Expect` header with another value than `100-continue`.',
    remedy: 'Leave the header out.',
  },
  headers_too_large: {
    status: 431,
    example: 'The headers are larger than this service takes',
    retryable: false,
    meaning: 'The headers have more than 16 KiB in all.',
    remedy: 'Send fewer or shorter ones; cookies are not needed here.',
  },
  invalid_tenant: {
    status: 400,
    example: 'X-Tenant-ID must be 1 to 128 of the characters A-Z a-z 0-9 . _ : -',
    retryable: false,
    meaning: 'The tenant header has characters that no tenant has, or is there twice.',
    remedy: 'Send one tenant, or no header for the tenant `default`.',
  },
  access_denied: {
    status: 403,
    example: 'Access denied',
    retryable: false,
    meaning: 'What the request names exists and belongs to another tenant.',
    remedy: 'Ask as the tenant that it belongs to, or correct the id.',
  },
  idempotency_key_in_use: {
    status: 409,
    example: 'The first request with this Idempotency-Key is still at work; repeat this one later',
    retryable: true,
    meaning: 'The change is being made; how it ends is not known yet. `operationId` names the operation.',
    remedy: 'Repeat the request with the same key, or wait for the operation.',
  },
  idempotency_key_reused: {
    status: 422,
    example: 'This Idempotency-Key was used for another request; take a new one',
    retryable: false,
    meaning:
      'A key stands for one request: the method, the path, the query or the body differs from the first one.',
    remedy: 'Take a new key for a new request; repeat the first one unchanged to get its answer.',
  },
  gateway_token_required: {
    status: 401,
    example: 'X-Gateway-Token is not the token of the gateway',
    retryable: false,
    meaning: 'The service answers to its gateway only.',
    remedy: 'Call it through the gateway. The gateway sends what `GATEWAY_TOKEN` says.',
  },
  tenant_required: {
    status: 401,
    example: 'X-Tenant-ID must name the tenant',
    retryable: false,
    meaning: 'There is no tenant for requests that name none (`TENANT_REQUIRED`).',
    remedy: 'Name the tenant in the header.',
  },
  token_required: {
    status: 401,
    example: 'Send a bearer token as Authorization: Bearer …',
    retryable: false,
    meaning: 'The request has no bearer token.',
    remedy: 'Get a token from the issuer and send it.',
  },
  token_invalid: {
    status: 401,
    example: 'The bearer token is refused: it has expired',
    retryable: false,
    meaning:
      'The signature, the issuer, the audience or the time of the token is not right; the sentence says which.',
    remedy: 'Get a new token from the issuer.',
  },
  tenant_claim_invalid: {
    status: 403,
    example: 'The claim tenant_id of the bearer token names no valid tenant',
    retryable: false,
    meaning: 'The token is right, but says of no tenant that the caller may act for it.',
    remedy: 'Have the issuer put the tenant into the claim.',
  },
  tenant_mismatch: {
    status: 403,
    example: 'X-Tenant-ID names another tenant than the bearer token',
    retryable: false,
    meaning: 'The token decides for which tenant the caller acts.',
    remedy: 'Leave the header out, or send the token of that tenant.',
  },
  operator_required: {
    status: 403,
    example: 'Only an operator may do this',
    retryable: false,
    meaning: 'Tenants read quotas and flavors; operators change them.',
    remedy:
      'Ask an operator. Where nobody is one, `OPERATOR_TOKEN` or the role `compute:operator` makes one.',
  },
  rate_limited: {
    status: 429,
    example: 'The tenant has made its 600 requests of this minute; go on in 12 s',
    retryable: true,
    meaning:
      'The tenant has used up its requests; `RateLimit-Reset` and `Retry-After` say when there are new ones.',
    remedy:
      'Go on after that. To follow changes, wait (`/wait`, `/events`) instead of asking again and again: that costs one request.',
  },
  too_many_pending_operations: {
    status: 429,
    example: 'The tenant has 10000 operations that have not ended; try again when some have',
    retryable: true,
    meaning:
      'So many operations of the tenant wait or run that it cannot create more instances. Instances that exist can still be changed and deleted.',
    remedy:
      'Wait until some have ended (`GET /operations?status=pending`), or ask an operator to raise `QUOTA_PENDING_OPERATIONS`.',
  },
  too_many_idempotency_keys: {
    status: 429,
    example:
      'The tenant has reached its limit of 100000 stored Idempotency-Keys; repeat the request later with the same key',
    retryable: true,
    meaning:
      'The service stores the answer to each request with a key for `IDEMPOTENCY_KEY_HOURS`, and the tenant has reached its limit of stored answers.',
    remedy:
      'Repeat it later with the same key, or ask an operator to raise `QUOTA_IDEMPOTENCY_KEYS`. Only a request that you have never sent before is safe to send without a key.',
  },
  invalid_event_id: {
    status: 400,
    example: 'Last-Event-ID must be the id of an event of this stream',
    retryable: false,
    meaning: 'The id is none that this service has given, or one of another database.',
    remedy: 'Leave it out to begin with what happens now; `GET /instances/{id}/events` has what was before.',
  },
  event_streams_disabled: {
    status: 400,
    example: 'Event streams are switched off here; read GET /instances/{id}/events instead',
    retryable: false,
    meaning: 'The service runs with `EVENT_STREAMS=off`, as behind a gateway that does not pass streams on.',
    remedy:
      'Read `GET /instances/{id}/events` or `GET /instances/{id}/console` repeatedly, or wait with `/wait`.',
  },
  dry_run_unsupported: {
    status: 400,
    example: 'This request cannot be tried; nothing was done',
    retryable: false,
    meaning: 'Creations, power calls and deletions can be tried; other changes cannot.',
    remedy: 'Send it without `Prefer: dry-run` and without `dryRun`.',
  },
  idempotency_key_unsupported: {
    status: 400,
    example: 'This request does not support Idempotency-Key; nothing was done',
    retryable: false,
    meaning: 'The request has an `Idempotency-Key`, and its route would ignore it.',
    remedy:
      'Send it without the header. Repeating the request is safe: it sets or removes the same thing again.',
  },
  precondition_unsupported: {
    status: 412,
    example: 'This request does not support If-Match; nothing was done',
    retryable: false,
    meaning:
      'The request has a precondition that this route cannot check. `If-Match` and `If-None-Match` work on every ' +
      'change of one instance; `If-Unmodified-Since` works nowhere.',
    remedy:
      'Send it without the header that `detail` names; for an instance, use `If-Match` with its `ETag`.',
  },
} as const satisfies CatalogueGroup;
