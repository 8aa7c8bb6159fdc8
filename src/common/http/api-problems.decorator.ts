import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { entryOf, type ErrorCode } from '../errors/catalogue';
import { toProblem } from '../errors/problem';
import { ProblemDto } from './problem.dto';

/** What was said of a handler so far. */
const documented = new WeakMap<object, readonly ErrorCode[]>();

/**
 * Documents the problems a route can answer with; those of one status become examples of one response.
 * May be said several times of a route. Said of a controller, it holds for every route of it.
 */
export function ApiProblems(...codes: readonly ErrorCode[]): MethodDecorator & ClassDecorator {
  return <T>(target: object, key?: string | symbol, descriptor?: TypedPropertyDescriptor<T>): void => {
    for (const handler of key === undefined ? handlersOf(target) : [descriptor?.value])
      if (typeof handler === 'function') document(handler, codes);
  };
}

function handlersOf(controller: object): readonly unknown[] {
  const prototype: unknown = 'prototype' in controller ? controller.prototype : undefined;
  const members = Object.entries(Object.getOwnPropertyDescriptors(prototype ?? {}));
  return members.flatMap(([name, { value }]): readonly unknown[] => (name === 'constructor' ? [] : [value]));
}

function document(handler: object, codes: readonly ErrorCode[]): void {
  const known = documented.get(handler) ?? [];
  const added = codes.filter((code) => !known.includes(code));
  const all = [...known, ...added];
  documented.set(handler, all);
  const decorate = applyDecorators(
    ApiExtraModels(ProblemDto),
    ...[...new Set(added.map(statusOf))].map((status) =>
      ApiResponse({
        status,
        // Nest puts it behind the description of what was said before.
        description: ofStatus(added, status)
          .map((code) => `\`${code}\``)
          .join(', '),
        content: {
          'application/problem+json': {
            schema: { $ref: getSchemaPath(ProblemDto) },
            examples: examplesOf(ofStatus(all, status)),
          },
        },
      }),
    ),
  );
  decorate(handler, '', { value: handler });
}

function statusOf(code: ErrorCode): number {
  return entryOf(code).status;
}

function ofStatus(codes: readonly ErrorCode[], status: number): readonly ErrorCode[] {
  return codes.filter((code) => statusOf(code) === status);
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
