import { HttpException } from '@nestjs/common';
import { AppError } from '../../errors/app.error';

/** Longest part of a member name that is shown. */
const MAX_NAME = 200;

/** A body that is not JSON. This concerns only HTTP, so services never throw it. */
export class UnsupportedMediaTypeError extends HttpException {
  constructor() {
    super('Send the body as application/json', 415);
  }
}

export class UnsupportedCharsetError extends HttpException {
  constructor() {
    super('The charset of the body is not supported; send UTF-8', 415);
  }
}

export class BodyTimeoutError extends AppError {
  constructor() {
    super('timeout', 'request_timeout', 'The body did not arrive in time');
  }
}

export class NotUtf8Error extends AppError {
  constructor() {
    super('invalid', 'malformed_json', 'The body is not UTF-8');
  }
}

export class MalformedJsonError extends AppError {
  constructor(cause: unknown) {
    super('invalid', 'malformed_json', 'The body is not valid JSON', { cause });
  }
}

/** An object has several members with the same name, so the intended value is ambiguous. */
export class DuplicateMemberError extends AppError {
  constructor(path: string) {
    const field = path.slice(0, MAX_NAME);
    const message = `the member ${field} occurs more than once`;
    super('invalid', 'validation_failed', message, { errors: [{ field, message }] });
  }
}

export class TooManyValuesError extends AppError {
  /** @param values what the values are called, e.g. `members and items` */
  constructor(what: 'body' | 'query', most: number, values: string) {
    const message = `the ${what} must have at most ${most} ${values}`;
    super('invalid', 'validation_failed', message, { errors: [{ field: what, message }] });
  }
}

export class MalformedEncodingError extends AppError {
  constructor(cause: unknown) {
    super('invalid', 'malformed_encoding', 'The body does not match its Content-Encoding', {
      cause,
    });
  }
}

export class MalformedUrlError extends AppError {
  constructor() {
    super('invalid', 'malformed_url', 'The query is not valid percent-encoded UTF-8');
  }
}

/** A malformed header that affects what the request does. */
export class InvalidHeaderError extends AppError {
  constructor(message: string) {
    super('invalid', 'invalid_header', message);
  }
}
