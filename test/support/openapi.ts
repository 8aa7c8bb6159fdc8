import type { OpenAPIObject } from '@nestjs/swagger';
import { parseJson } from './json';

export type { OpenAPIObject };

type SchemaOrReference = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];
/** Nest exports only the type of the whole document. */
export type ReferenceObject = Extract<SchemaOrReference, { $ref: string }>;
export type SchemaObject = Exclude<SchemaOrReference, ReferenceObject>;
type ResponseOrReference = NonNullable<NonNullable<OpenAPIObject['components']>['responses']>[string];
type ResponseObject = Exclude<ResponseOrReference, ReferenceObject>;
export type OperationObject = NonNullable<OpenAPIObject['paths'][string]['get']>;

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace'] as const;

/** One path and method of the document. */
export interface DocumentedRoute {
  /** In uppercase. */
  readonly method: string;
  /** With parameters written as `{name}`. */
  readonly path: string;
  readonly operation: OperationObject;
}

export async function readDocument(url: string): Promise<OpenAPIObject> {
  const response = await fetch(`${url}/api/openapi.json`);
  return parseJson(await response.text());
}

export function routesOf(document: OpenAPIObject): readonly DocumentedRoute[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation ? [{ method: method.toUpperCase(), path, operation }] : [];
    }),
  );
}

/** Resolves a reference within the document. */
export function resolve(document: OpenAPIObject, schema: SchemaObject | ReferenceObject): SchemaObject {
  if (!('$ref' in schema)) return schema;
  const target = document.components?.schemas?.[schema.$ref.replace('#/components/schemas/', '')];
  if (!target) throw new Error(`${schema.$ref} is not in the document`);
  return resolve(document, target);
}

/** Resolves a response that several operations have in common. */
export function resolveResponse(
  document: OpenAPIObject,
  response: ResponseOrReference | undefined,
): ResponseObject {
  if (response !== undefined && !('$ref' in response)) return response;
  const name = response?.$ref.replace('#/components/responses/', '') ?? '';
  const target = document.components?.responses?.[name];
  if (!target) throw new Error(`${name} is not in the document`);
  return resolveResponse(document, target);
}

/** Builds a value from the examples in a schema, as a reader of the documentation would send it. */
function exampleOf(document: OpenAPIObject, reference: SchemaObject | ReferenceObject): unknown {
  const schema = resolve(document, reference);
  if (schema.example !== undefined) return schema.example;
  if (schema.default !== undefined) return schema.default;
  if (schema.enum?.[0] !== undefined) return schema.enum[0];
  if (schema.type === 'array') return schema.items ? [exampleOf(document, schema.items)] : [];
  if (schema.properties) {
    return Object.fromEntries(
      Object.entries(schema.properties).map(([name, member]) => [name, exampleOf(document, member)]),
    );
  }
  if (schema.type === 'string') return 'text';
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 1;
  return schema.type === 'boolean' ? false : {};
}

/** The operation's own example, or one built from its schema; undefined if it takes no body. */
export function requestExampleOf(document: OpenAPIObject, operation: OperationObject): unknown {
  return requestExamplesOf(document, operation)[0];
}

/** All example requests that the document shows for an operation. */
export function requestExamplesOf(document: OpenAPIObject, operation: OperationObject): readonly unknown[] {
  const { requestBody } = operation;
  if (requestBody === undefined || '$ref' in requestBody) return [];
  return Object.values(requestBody.content).flatMap(({ schema, examples }) => {
    const shown = Object.values(examples ?? {}).flatMap((example) =>
      '$ref' in example ? [] : [parseJson<unknown>(JSON.stringify(example.value))],
    );
    if (shown.length > 0) return shown;
    return schema ? [exampleOf(document, schema)] : [];
  });
}
