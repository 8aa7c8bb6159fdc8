import { ApiHeader } from '@nestjs/swagger';

/** Documents the header that makes a request repeatable. */
export const ApiIdempotencyKeyHeader = (
  description = 'A unique text for this request, which makes it repeatable',
): MethodDecorator =>
  ApiHeader({ name: 'Idempotency-Key', required: false, schema: { type: 'string' }, description });
