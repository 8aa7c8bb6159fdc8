import type { OpenAPIObject } from '@nestjs/swagger';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Responses = NonNullable<NonNullable<OpenAPIObject['components']>['responses']>;
type Response = Exclude<Responses[string], { $ref: string }>;

/** Responses with more codes hardly ever occur twice, and their names would be long. */
const MAX_SHARED_CODES = 4;

/**
 * Makes the description of each error response one line, its codes in alphabetical order, and moves the responses that
 * several operations have to `components.responses`. Changes the document.
 */
export function shareErrorResponses(document: OpenAPIObject): OpenAPIObject {
  const shared = new Map<string, Response>();
  for (const { responses } of operationsOf(document)) {
    for (const [status, response] of Object.entries(responses)) {
      if (response === undefined || !isErrorResponse(response)) continue;
      const links = response.description.split('\n\n').sort();
      response.description = links.join(', ');
      if (links.length > MAX_SHARED_CODES) continue;
      const name = links.map(nameOf).join('Or');
      shared.set(name, response);
      responses[status] = { $ref: `#/components/responses/${name}` };
    }
  }
  const responses = Object.fromEntries([...shared].sort(([one], [other]) => (one < other ? -1 : 1)));
  document.components = { ...document.components, responses };
  return document;
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

export function operationsOf(document: OpenAPIObject): readonly Operation[] {
  return Object.values(document.paths).flatMap((item) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation ? [operation] : [];
    }),
  );
}

function isErrorResponse(response: Responses[string]): response is Response {
  return 'content' in response && Object.hasOwn(response.content ?? {}, 'application/problem+json');
}

/** `instance_not_found` becomes `InstanceNotFound`. */
function nameOf(link: string): string {
  const code = /^\[(\w+)\]/.exec(link)?.[1] ?? '';
  return code.replaceAll(/(?:^|_)(\w)/g, (_match, letter: string) => letter.toUpperCase());
}
