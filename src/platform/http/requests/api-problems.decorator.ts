import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import type { ErrorDefinition } from '../../errors/define-errors';
import { ERRORS_PATH } from '../problems/problem';
import { ProblemDto } from '../responses/problem.dto';
import { HTTP_ERRORS } from '../http.errors';
import { SERVICE_ERRORS } from '../../errors/service.errors';

/** Errors of every route that takes a body. */
export const BODY = [
  HTTP_ERRORS.malformed_json,
  HTTP_ERRORS.malformed_encoding,
  SERVICE_ERRORS.validation_failed,
  HTTP_ERRORS.request_timeout,
  HTTP_ERRORS.body_too_large,
  HTTP_ERRORS.unsupported_media_type,
];

/** Errors documented so far, by handler. */
const documented = new WeakMap<object, readonly ErrorDefinition[]>();

/**
 * Documents the errors a route can return; errors with the same status become one response. May be
 * applied to a route several times. On a controller, it applies to all of its routes.
 */
export function ApiProblems(...errors: readonly ErrorDefinition[]): MethodDecorator & ClassDecorator {
  return <T>(target: object, key?: string | symbol, descriptor?: TypedPropertyDescriptor<T>): void => {
    for (const handler of key === undefined ? handlersOf(target) : [descriptor?.value])
      if (typeof handler === 'function') document(handler, errors);
  };
}

function handlersOf(controller: object): readonly unknown[] {
  const prototype: unknown = 'prototype' in controller ? controller.prototype : undefined;
  const members = Object.entries(Object.getOwnPropertyDescriptors(prototype ?? {}));
  return members.flatMap(([name, { value }]): readonly unknown[] => (name === 'constructor' ? [] : [value]));
}

function document(handler: object, errors: readonly ErrorDefinition[]): void {
  const known = documented.get(handler) ?? [];
  const added = errors.filter((error) => !known.includes(error));
  documented.set(handler, [...known, ...added]);
  const decorate = applyDecorators(
    ApiExtraModels(ProblemDto),
    // Nest joins the descriptions of one status with blank lines; `shareErrorResponses` makes one line of them.
    ...added.map((error) =>
      ApiResponse({
        status: error.status,
        description: errorLink(error),
        content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDto) } } },
      }),
    ),
  );
  decorate(handler, '', { value: handler });
}

/** A Markdown link to the explanation of a code; its title is the first sentence of it. */
function errorLink({ code, meaning }: ErrorDefinition): string {
  const [sentence = ''] = meaning.split(/(?<=\.) /);
  return `[${code}](/${ERRORS_PATH}#${code} "${sentence.replaceAll(/["`]/g, '')}")`;
}
