import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { entryOf, type ErrorCode } from '../errors/catalog/index';
import { toProblem } from '../errors/problem';
import { ProblemDto } from './problem.dto';

/** Error codes documented so far, by handler. */
const documented = new WeakMap<object, readonly ErrorCode[]>();

/**
 * Documents the problems a route can return; problems with the same status become examples of one response. May be
 * applied to a route several times. On a controller, it applies to all of its routes.
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
        // Nest appends this to the existing description.
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
