import { HttpException } from '@nestjs/common';

/** A body that is not JSON: a matter of HTTP alone, so no service ever throws it. */
export class UnsupportedMediaTypeError extends HttpException {
  constructor() {
    super('Send the body as application/json', 415);
  }
}
