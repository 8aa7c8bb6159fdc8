import { ApiHeader, ApiParam } from '@nestjs/swagger';

interface ResponseHeader {
  readonly description: string;
  readonly schema: { readonly type: 'string'; readonly example: string };
}

/** A response header. */
export const text = (description: string, example: string): ResponseHeader => ({
  description,
  schema: { type: 'string', example },
});

export const ETAG = { ETag: text('The version, for If-Match and If-None-Match', '"2"') };
export const OPERATION = {
  'Operation-Location': text(
    'The operation in progress',
    '/api/v1/compute/operations/019342d0-3f7a-7c11-9a57-0c5f2d1b8e10',
  ),
};
export const APPLIED = {
  'Preference-Applied': text('The preference that was applied', 'wait=10'),
};

export const ApiInstanceId = (): MethodDecorator =>
  ApiParam({
    name: 'id',
    format: 'uuid',
    example: '019342d0-3f79-7d02-8b1a-77c3a0e5f2a4',
    description: 'Id of the instance',
  });

/** No example: Swagger UI would send it with every request. */
export const ApiTag = (name: string, description: string): MethodDecorator =>
  ApiHeader({ name, required: false, description, schema: { type: 'string' } });

export const ApiPreferWait = (): MethodDecorator =>
  ApiTag(
    'Prefer',
    '`wait=N`: maximum number of seconds to wait for the outcome, 0 to 300 (RFC 7240). `dry-run`: only report what would happen',
  );

export const ACCESS = [
  'malformed_url',
  'invalid_tenant',
  'access_denied',
  'instance_not_found',
  'database_unavailable',
] as const;
export const KEYED = [
  'idempotency_key_in_use',
  'idempotency_key_reused',
  'too_many_idempotency_keys',
] as const;

/** The header that makes a request repeatable; `KEYED` are its refusals. */
export const ApiIdempotencyKey = (): MethodDecorator =>
  ApiTag(
    'Idempotency-Key',
    'A unique text for this request. If the request is repeated with the same key, the change is made only once, ' +
      'and its response is returned again, with `Idempotency-Replayed: true`',
  );
