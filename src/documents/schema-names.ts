import type { OpenAPIObject } from '@nestjs/swagger';

const SUFFIX = /Dto$/;

/**
 * A copy whose schemas are named without the suffix of their classes: users of generated clients see these names.
 * @throws {Error} if two schemas would have the same name.
 */
export function dropDtoSuffix(original: OpenAPIObject): OpenAPIObject {
  const document = structuredClone(original);
  const schemas = Object.entries(document.components?.schemas ?? {});
  const renamed = new Map(schemas.map(([name, schema]) => [name.replace(SUFFIX, ''), schema]));
  if (renamed.size < schemas.length) {
    const names = schemas.map(([name]) => name).filter((name) => SUFFIX.test(name));
    const taken = names.filter((name) => schemas.some(([other]) => other === name.replace(SUFFIX, '')));
    throw new Error(`the OpenAPI document has schemas with and without the suffix: ${taken.join(', ')}`);
  }
  document.components = { ...document.components, schemas: Object.fromEntries(renamed) };
  dropFromReferences(document);
  return document;
}

function dropFromReferences(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if ('$ref' in value && typeof value.$ref === 'string') value.$ref = value.$ref.replace(SUFFIX, '');
  Object.values(value).forEach(dropFromReferences);
}
