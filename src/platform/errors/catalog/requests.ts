import type { CatalogGroup } from './entry';

/** Errors of the request itself: its format, authentication, authorization, limits and preconditions. */
export const REQUEST_ERRORS = {
  malformed_request: {
    status: 400,
    example: 'Malformed HTTP request',
    retryable: false,
    meaning: 'The received bytes are not an HTTP/1.1 request, or the request has no Host header.',
    remedy: 'Check the sender: it may be a proxy in between, or TLS on a port that serves plain HTTP.',
  },
  malformed_url: {
    status: 400,
    example: 'The path has an invalid percent-encoding',
    retryable: false,
    meaning:
      'The path or the query has a `%` that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (`#`).',
    remedy: 'Encode each part of the path and the query as UTF-8, e.g. with `encodeURIComponent`.',
  },
  invalid_header: {
    status: 400,
    example: 'X-Query must be one URL-encoded query string of up to 4096 characters',
    retryable: false,
    meaning: 'A header that determines what the request does is invalid. Nothing was changed.',
    remedy: 'Correct the header that `detail` names, and send it only once.',
  },
  malformed_encoding: {
    status: 400,
    example: 'The body does not match its Content-Encoding',
    retryable: false,
    meaning: 'The body is not compressed as its Content-Encoding states, or is truncated.',
    remedy: 'Send it uncompressed, without Content-Encoding.',
  },
  malformed_json: {
    status: 400,
    example: 'The body is not valid JSON',
    retryable: false,
    meaning: 'The Content-Type is JSON, but the body is not valid JSON.',
    remedy: 'Send valid JSON; on a command line, check the quotes.',
  },
  incomplete_body: {
    status: 400,
    example: 'The body ended before its Content-Length',
    retryable: true,
    meaning: 'The connection or the body ended before the announced length was received.',
    remedy: 'Send the request again; if that fails, correct the Content-Length.',
  },
  validation_failed: {
    status: 400,
    example: 'name must be text of 1 to 255 characters',
    retryable: false,
    meaning:
      'The body or the query does not match the schema of this route. Unknown members are also rejected.',
    remedy: 'Correct each member that `errors` names.',
  },
  invalid_page_token: {
    status: 400,
    example: 'pageToken must be the nextPageToken of an earlier response',
    retryable: false,
    meaning: 'The page token was not issued by this service, or is truncated.',
    remedy: 'Pass `nextPageToken` unchanged, or start again without a token.',
  },
  request_refused: {
    status: 400,
    example: 'The request cannot be taken',
    retryable: false,
    meaning: 'The request is invalid for a reason without its own code; see `detail`.',
    remedy: 'Change what `detail` names.',
  },
  route_not_found: {
    status: 404,
    example: 'No such route: GET /api/v1/compute/servers; see /api/docs',
    retryable: false,
    meaning: 'No route matches the path.',
    remedy: 'Look up the route in `/api/docs`.',
  },
  method_not_allowed: {
    status: 405,
    example: 'PUT is not allowed for /api/v1/compute/instances; use GET, HEAD, POST',
    retryable: false,
    meaning: 'The path exists, but not with this method. The `Allow` header lists the supported methods.',
    remedy: 'Use one of the methods in `Allow`.',
  },
  request_timeout: {
    status: 408,
    example: 'The request did not arrive in time',
    retryable: true,
    meaning:
      'The headers and the body did not arrive within `REQUEST_TIMEOUT_SECONDS`, or no data of the body arrived for `BODY_TIMEOUT_SECONDS`. Nothing was changed.',
    remedy: 'Send the request again. A gateway that announces a body must send one.',
  },
  body_too_large: {
    status: 413,
    example: 'The body is larger than this service accepts',
    retryable: false,
    meaning: 'The body is larger than `BODY_LIMIT_BYTES`.',
    remedy: 'Send a smaller body; metadata is limited to 64 pairs.',
  },
  unsupported_media_type: {
    status: 415,
    example: 'Send the body as application/json',
    retryable: false,
    meaning: 'The Content-Type of the body is not JSON, or its charset or encoding is not supported.',
    remedy: 'Send UTF-8 with `Content-Type: application/json`.',
  },
  expectation_failed: {
    status: 417,
    example: 'The only supported expectation is 100-continue',
    retryable: false,
    meaning: 'The request has an `Expect` header with a value other than `100-continue`.',
    remedy: 'Omit the header.',
  },
  headers_too_large: {
    status: 431,
    example: 'The headers are larger than this service accepts',
    retryable: false,
    meaning: 'The headers are larger than 16 KiB in total.',
    remedy: 'Send fewer or shorter headers; the service does not use cookies.',
  },
  invalid_tenant: {
    status: 400,
    example: 'X-Tenant-ID must be 1 to 128 of the characters A-Z a-z 0-9 . _ : -',
    retryable: false,
    meaning: 'The tenant header contains an invalid character, has an invalid length, or was sent twice.',
    remedy: 'Send one valid tenant, or omit the header to act as the tenant `default`.',
  },
  access_denied: {
    status: 403,
    example: 'Access denied',
    retryable: false,
    meaning: 'The resource exists and belongs to another tenant.',
    remedy: 'Act as the tenant that owns it, or correct the id.',
  },
  idempotency_key_in_use: {
    status: 409,
    example: 'The first request with this Idempotency-Key is still in progress; repeat this one later',
    retryable: true,
    meaning:
      'The first request with this key is still in progress, and its outcome is unknown. `operationId` identifies the operation, if it has started.',
    remedy: 'Repeat the request with the same key after `Retry-After`, or wait for the operation.',
  },
  idempotency_key_reused: {
    status: 422,
    example: 'This Idempotency-Key was used for another request; use a new one',
    retryable: false,
    meaning:
      'A key identifies one request; the method, path, query or body of this one differs from the first.',
    remedy: 'Use a new key for a new request; repeat the first request unchanged to get its response.',
  },
  gateway_token_required: {
    status: 401,
    example: 'X-Gateway-Token is missing or wrong',
    retryable: false,
    meaning: 'The service accepts requests from its gateway only.',
    remedy:
      'Call it through the gateway. The gateway must send the value of `GATEWAY_TOKEN` in `X-Gateway-Token`.',
  },
  tenant_required: {
    status: 401,
    example: 'X-Tenant-ID must name the tenant',
    retryable: false,
    meaning: 'The request names no tenant, and this deployment has no default tenant (`TENANT_REQUIRED`).',
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
    example: 'The bearer token was rejected: it has expired',
    retryable: false,
    meaning:
      'The signature, issuer, audience or validity period of the token is wrong; `detail` names which.',
    remedy: 'Get a new token from the issuer.',
  },
  tenant_claim_invalid: {
    status: 403,
    example: 'The claim tenant_id of the bearer token contains no valid tenant',
    retryable: false,
    meaning: 'The token is valid, but its tenant claim is missing or invalid.',
    remedy: 'Configure the issuer to include the tenant claim.',
  },
  tenant_mismatch: {
    status: 403,
    example: 'X-Tenant-ID differs from the tenant in the bearer token',
    retryable: false,
    meaning: 'The tenant header differs from the tenant in the token.',
    remedy: 'Omit the header, or send a token of that tenant.',
  },
  operator_required: {
    status: 403,
    example: 'Operator access is required',
    retryable: false,
    meaning: 'Only operators can use this route or parameter; tenants can read their own quota, and flavors.',
    remedy:
      'Ask an operator. To make a caller an operator, set `OPERATOR_TOKEN`, or grant the role `compute:operator`.',
  },
  rate_limited: {
    status: 429,
    example: 'The tenant has reached its limit of 600 requests per minute; try again in 12 s',
    retryable: true,
    meaning:
      'The tenant has reached its request limit; `RateLimit-Reset` and `Retry-After` contain the seconds until it is renewed.',
    remedy:
      'Repeat after `Retry-After`. To follow changes, use `/wait` or `/events` instead of polling: each costs one request.',
  },
  too_many_pending_operations: {
    status: 429,
    example: 'The tenant has 10000 unfinished operations; try again when some have finished',
    retryable: true,
    meaning:
      'The tenant has too many pending and running operations to create more instances. Existing instances can still be changed and deleted.',
    remedy:
      'Wait until some have finished (`GET /operations?status=pending`), or ask an operator to raise `QUOTA_PENDING_OPERATIONS`.',
  },
  too_many_idempotency_keys: {
    status: 429,
    example:
      'The tenant has reached its limit of 100000 stored Idempotency-Keys; repeat the request later with the same key',
    retryable: true,
    meaning:
      'The response to each request with a key is stored for `IDEMPOTENCY_KEY_HOURS`, and the tenant has reached its limit of stored responses.',
    remedy:
      'Repeat the request later with the same key, or ask an operator to raise `QUOTA_IDEMPOTENCY_KEYS`. Only a request that was never sent before can safely be sent without a key.',
  },
  invalid_event_id: {
    status: 400,
    example: 'Last-Event-ID must be the id of an event of this stream',
    retryable: false,
    meaning: 'The id was not issued by this service, or comes from another database.',
    remedy: 'Omit it to start with the current events; `GET /instances/{id}/events` returns earlier ones.',
  },
  event_streams_disabled: {
    status: 400,
    example: 'Event streams are disabled; read GET /instances/{id}/events instead',
    retryable: false,
    meaning:
      'Event streams are disabled (`EVENT_STREAMS=off`), for example because the gateway cannot forward them.',
    remedy:
      'Read `GET /instances/{id}/events` or `GET /instances/{id}/console` repeatedly, or wait with `/wait`.',
  },
  dry_run_unsupported: {
    status: 400,
    example: 'This request does not support dry runs; nothing was changed',
    retryable: false,
    meaning: 'Only creates, power calls and deletes support dry runs.',
    remedy: 'Send the request without `Prefer: dry-run` and without `dryRun`.',
  },
  idempotency_key_unsupported: {
    status: 400,
    example: 'This request does not support Idempotency-Key; nothing was changed',
    retryable: false,
    meaning: 'The request has an `Idempotency-Key`, but its route does not support one.',
    remedy:
      'Send it without the header. Repeating the request is safe: it sets or removes the same thing again.',
  },
  precondition_unsupported: {
    status: 412,
    example: 'This request does not support If-Match; nothing was changed',
    retryable: false,
    meaning:
      'The request has a precondition that this route cannot check. `If-Match` and `If-None-Match` work for every change of one instance; `If-Unmodified-Since` is not supported.',
    remedy:
      'Send it without the header that `detail` names; for an instance, use `If-Match` with its `ETag`.',
  },
} as const satisfies CatalogGroup;
