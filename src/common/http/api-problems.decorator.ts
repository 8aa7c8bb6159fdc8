import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { entryOf, type ErrorCode } from '../errors/catalogue';
import { toProblem } from '../errors/problem';
import { ProblemDto } from './problem.dto';

/** Documents the problems a route can answer with; those of one status become examples of one response. */
export function ApiProblems(...codes: readonly ErrorCode[]): MethodDecorator & ClassDecorator {
  const statuses = new Set(codes.map((code) => entryOf(code).status));
  return applyDecorators(
    ApiExtraModels(ProblemDto),
    ...[...statuses].map((status) =>
      ApiResponse({
        status,
        description: codes
          .filter((code) => entryOf(code).status === status)
          .map((code) => `\`${code}\``)
          .join(', '),
        content: {
          'application/problem+json': {
            schema: { $ref: getSchemaPath(ProblemDto) },
            examples: examplesOf(codes.filter((code) => entryOf(code).status === status)),
          },
        },
      }),
    ),
  );
}

function examplesOf(codes: readonly ErrorCode[]): Record<string, { value: object }> {
  return Object.fromEntries(
    codes.map((code) => {
      const { status, example: detail } = entryOf(code);
      const place = { path: '/api/v1/compute/…', requestId: '5f0c8f5e-0f0b-4a70-9c39-3ef1d5a3a6b1' };
      return [code, { value: toProblem({ status, code, detail }, place) }];
    }),
  );
}
