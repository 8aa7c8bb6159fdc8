import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { entryOf, type ErrorCode } from '../../errors/catalog/index';
import { ERRORS_PATH } from '../problems/problem';
import { ProblemDto } from '../responses/problem.dto';

/** Problems of every route that takes a body. */
export const BODY = [
  'malformed_json',
  'malformed_encoding',
  'validation_failed',
  'request_timeout',
  'body_too_large',
  'unsupported_media_type',
] as const;

/** Error codes documented so far, by handler. */
const documented = new WeakMap<object, readonly ErrorCode[]>();

/**
 * Documents the problems a route can return; problems with the same status become one response. May be
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
  documented.set(handler, [...known, ...added]);
  const decorate = applyDecorators(
    ApiExtraModels(ProblemDto),
    // Nest joins the descriptions of one status with blank lines; `shareErrorResponses` makes one line of them.
    ...added.map((code) =>
      ApiResponse({
        status: entryOf(code).status,
        description: errorLink(code),
        content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDto) } } },
      }),
    ),
  );
  decorate(handler, '', { value: handler });
}

/** A Markdown link to the explanation of a code; its title is the first sentence of it. */
function errorLink(code: ErrorCode): string {
  const [meaning = ''] = entryOf(code).meaning.split(/(?<=\.) /);
  return `[${code}](/${ERRORS_PATH}#${code} "${meaning.replaceAll(/["`]/g, '')}")`;
}
