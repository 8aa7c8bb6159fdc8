import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { toProblem } from '../errors/problem';
import { ProblemDto } from './problem.dto';

/** The problems that the OpenAPI document shows, each with an example: code → status and sentence. */
const PROBLEMS = {
  malformed_request: [400, 'This is not a well-formed HTTP request'],
  malformed_url: [400, 'The path has a broken percent-encoding'],
  validation_failed: [400, 'name must be text of 1 to 255 characters'],
  malformed_encoding: [400, 'The body does not unpack as its Content-Encoding says'],
  malformed_json: [400, 'The body is not valid JSON'],
  invalid_tenant: [400, 'X-Tenant-ID must be 1 to 128 of the characters A-Z a-z 0-9 . _ : -'],
  invalid_flavor: [400, 'Invalid flavor'],
  integration_disabled: [400, 'createNetwork needs the Network service, which is not configured here'],
  invalid_page_token: [400, 'pageToken must be the nextPageToken of an earlier answer'],
  network_not_found: [400, 'Network not found: 7c9e6679-7425-40de-944b-e07fc1f90ae7'],
  network_not_active: [400, 'Network not active: 7c9e6679-7425-40de-944b-e07fc1f90ae7'],
  volume_not_found: [400, 'Volume not found: 7c9e6679-7425-40de-944b-e07fc1f90ae7'],
  volume_not_available: [400, 'Volume not available'],
  network_refused: [400, 'The Network service refused to create network web-network: no such range'],
  storage_refused: [400, 'The Storage service refused to create volume web-disk: sizeGB too large'],
  too_many_attachments: [400, 'An instance has at most 32 volumes; detach one first'],
  instance_not_settled: [400, 'Instance is neither running nor stopped'],
  instance_not_running: [400, 'Instance is not running'],
  instance_not_stopped: [400, 'Instance is not stopped'],
  instance_running: [400, 'Cannot delete running instance'],
  access_denied: [403, 'Access denied'],
  flavor_not_found: [404, 'Flavor not found'],
  instance_not_found: [404, 'Instance not found'],
  operation_not_found: [404, 'Operation not found'],
  request_timeout: [408, 'The request did not arrive in time'],
  wait_timeout: [408, 'Not reached within 30 s; ask again to go on waiting'],
  instance_busy: [409, 'Instance is busy'],
  deletion_protected: [
    409,
    'The instance is protected from deletion; patch deletionProtection to false first',
  ],
  operation_superseded: [409, 'The instance is being deleted'],
  idempotency_key_in_use: [
    409,
    'The first request with this Idempotency-Key is still at work; repeat this one later',
  ],
  instance_failed: [409, 'The instance is in error: create failed: no memory left on the host'],
  instance_deleted: [409, 'The instance was deleted'],
  version_mismatch: [412, 'The instance has changed; read it again and repeat with its ETag'],
  body_too_large: [413, 'The body is larger than this service takes'],
  unsupported_media_type: [415, 'Send the body as application/json'],
  idempotency_key_reused: [422, 'This Idempotency-Key was used for another request; take a new one'],
  database_unavailable: [503, 'The database cannot be reached; try again'],
  engine_failed: [503, 'start failed: no memory left on the host'],
  network_unavailable: [
    503,
    'The Network service is not available (list networks: it did not answer within 3000 ms); try again',
  ],
  storage_unavailable: [
    503,
    'The Storage service is not available (attach volume 4711: ECONNREFUSED); try again',
  ],
  too_many_waits: [503, 'Too many requests wait already; try again'],
  shutting_down: [503, 'This replica is shutting down; ask again'],
  not_ready: [503, 'Not ready: database down'],
} as const satisfies Record<string, readonly [status: number, detail: string]>;

export type ProblemCode = keyof typeof PROBLEMS;

/** Documents the problems a route can answer with; those of one status become examples of one response. */
export function ApiProblems(...codes: readonly ProblemCode[]): MethodDecorator & ClassDecorator {
  const statuses = new Set(codes.map((code) => PROBLEMS[code][0]));
  return applyDecorators(
    ApiExtraModels(ProblemDto),
    ...[...statuses].map((status) =>
      ApiResponse({
        status,
        description: codes
          .filter((code) => PROBLEMS[code][0] === status)
          .map((code) => `\`${code}\``)
          .join(', '),
        content: {
          'application/problem+json': {
            schema: { $ref: getSchemaPath(ProblemDto) },
            examples: examplesOf(codes.filter((code) => PROBLEMS[code][0] === status)),
          },
        },
      }),
    ),
  );
}

function examplesOf(codes: readonly ProblemCode[]): Record<string, { value: object }> {
  return Object.fromEntries(
    codes.map((code) => {
      const [status, detail] = PROBLEMS[code];
      const place = { path: '/api/v1/compute/…', requestId: '5f0c8f5e-0f0b-4a70-9c39-3ef1d5a3a6b1' };
      return [code, { value: toProblem({ status, code, detail }, place) }];
    }),
  );
}
