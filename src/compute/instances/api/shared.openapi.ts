import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiParam } from '@nestjs/swagger';
import { DATABASE_ERRORS } from '../../../platform/database';
import { SERVICE_ERRORS } from '../../../platform/errors/service.errors';
import { HTTP_ERRORS } from '../../../platform/http/http.errors';
import { ApiIdempotencyKeyHeader, IDEMPOTENCY_ERRORS } from '../../../access/idempotency';
import { TENANCY_ERRORS } from '../../../access/tenancy';
import { ApiProblems } from '../../../platform/http/requests/api-problems.decorator';
import { HonorsPreconditions } from '../../../platform/http/requests/precondition.guard';
import { ENGINE_ERRORS } from '../engine/engine.errors';
import { INSTANCE_ERRORS } from '../instance.errors';

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
  HTTP_ERRORS.malformed_url,
  TENANCY_ERRORS.invalid_tenant,
  SERVICE_ERRORS.access_denied,
  INSTANCE_ERRORS.instance_not_found,
  DATABASE_ERRORS.database_unavailable,
];
/** Errors of any request to an engine. */
export const ENGINE_QUERY_ERRORS = [
  ENGINE_ERRORS.engine_unavailable,
  ENGINE_ERRORS.wrong_replica,
  ENGINE_ERRORS.engine_refused,
  SERVICE_ERRORS.too_many_waits,
  HTTP_ERRORS.too_many_unread_answers,
];
export const KEYED = [
  IDEMPOTENCY_ERRORS.idempotency_key_in_use,
  IDEMPOTENCY_ERRORS.idempotency_key_reused,
  IDEMPOTENCY_ERRORS.too_many_idempotency_keys,
];

/** The header that makes a request repeatable; `KEYED` are its refusals. */
export const ApiIdempotencyKey = (): MethodDecorator =>
  ApiIdempotencyKeyHeader(
    'A unique text for this request. If the request is repeated with the same key, the change is made only once, ' +
      'and its response is returned again, with `Idempotency-Replayed: true`',
  );

/** Marks and documents a change that honors `If-Match` and `If-None-Match`. */
export const Conditional = (): MethodDecorator =>
  applyDecorators(
    HonorsPreconditions(),
    ApiTag(
      'If-Match',
      'Entity tags, or `*`; if the instance has none of them, responds 412 and changes nothing',
    ),
    ApiTag('If-None-Match', 'Entity tags; if the instance has one of them, responds 412 and changes nothing'),
    ApiProblems(INSTANCE_ERRORS.version_mismatch),
  );
