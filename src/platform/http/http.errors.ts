import { AppError } from '../errors/app.error';
import { defineErrors } from '../errors/define-errors';
import { ValidationFailedError } from '../errors/service.errors';

/** Longest part of a member name that is shown. */
const MAX_NAME = 200;

export const HTTP_ERRORS = defineErrors({
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
  dry_run_unsupported: {
    status: 400,
    example: 'This request does not support dry runs; nothing was changed',
    retryable: false,
    meaning: 'Only creates, power calls, resizes, rebuilds and deletes support dry runs.',
    remedy: 'Send the request without `Prefer: dry-run` and without `dryRun`.',
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
  too_many_unread_answers: {
    status: 503,
    example: 'Too many responses are unread by clients; try again',
    retryable: true,
    meaning:
      'This replica has reached its limit of response bytes that clients have not read, for this tenant or in total.',
    remedy:
      'Read responses promptly, request smaller pages, and repeat after `Retry-After`; another replica may have capacity.',
  },
});

export class UnsupportedMediaTypeError extends AppError {
  constructor() {
    super(HTTP_ERRORS.unsupported_media_type);
  }
}

export class UnsupportedCharsetError extends AppError {
  constructor() {
    const message = 'The charset of the body is not supported; send UTF-8';
    super(HTTP_ERRORS.unsupported_media_type, { message });
  }
}

export class BodyTimeoutError extends AppError {
  constructor() {
    super(HTTP_ERRORS.request_timeout, { message: 'The body did not arrive in time' });
  }
}

export class NotUtf8Error extends AppError {
  constructor() {
    super(HTTP_ERRORS.malformed_json, { message: 'The body is not UTF-8' });
  }
}

export class MalformedJsonError extends AppError {
  constructor(cause: unknown) {
    super(HTTP_ERRORS.malformed_json, { cause });
  }
}

/** An object has several members with the same name, so the intended value is ambiguous. */
export class DuplicateMemberError extends ValidationFailedError {
  constructor(path: string) {
    const field = path.slice(0, MAX_NAME);
    super([{ field, message: `the member ${field} occurs more than once` }]);
  }
}

export class TooManyValuesError extends ValidationFailedError {
  /** @param values what the values are called, e.g. `members and items` */
  constructor(what: 'body' | 'query', most: number, values: string) {
    super([{ field: what, message: `the ${what} must have at most ${most} ${values}` }]);
  }
}

export class MalformedEncodingError extends AppError {
  constructor(cause: unknown) {
    super(HTTP_ERRORS.malformed_encoding, { cause });
  }
}

export class MalformedUrlError extends AppError {
  constructor() {
    super(HTTP_ERRORS.malformed_url, { message: 'The query is not valid percent-encoded UTF-8' });
  }
}

/** A malformed header that affects what the request does. */
export class InvalidHeaderError extends AppError {
  constructor(message: string) {
    super(HTTP_ERRORS.invalid_header, { message });
  }
}

/** A dry run of a request that does not support one. */
export class DryRunUnsupportedError extends AppError {
  constructor() {
    super(HTTP_ERRORS.dry_run_unsupported);
  }
}

/** The write has a precondition that its route cannot check. */
export class PreconditionUnsupportedError extends AppError {
  constructor(header: string) {
    const message = `This request does not support ${header}; nothing was changed`;
    super(HTTP_ERRORS.precondition_unsupported, { message });
  }
}

/** Clients read their responses too slowly for the memory of this replica. */
export class TooManyUnreadResponsesError extends AppError {
  constructor() {
    super(HTTP_ERRORS.too_many_unread_answers);
  }
}
