import { HttpException } from '@nestjs/common';
import { AppError } from '../errors/app.error';

/** A body that is not JSON: a matter of HTTP alone, so no service ever throws it. */
export class UnsupportedMediaTypeError extends HttpException {
  constructor() {
    super('Send the body as application/json', 415);
  }
}

export class MalformedJsonError extends AppError {
  constructor(cause: unknown) {
    super('invalid', 'malformed_json', 'The body is not valid JSON', { cause });
  }
}

export class MalformedEncodingError extends AppError {
  constructor(cause: unknown) {
    super('invalid', 'malformed_encoding', 'The body does not unpack as its Content-Encoding says', {
      cause,
    });
  }
}
