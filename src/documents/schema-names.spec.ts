import type { OpenAPIObject } from '@nestjs/swagger';
import { dropDtoSuffix } from './schema-names';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

const documentOf = (schemas: Schemas): OpenAPIObject => ({
  openapi: '3.0.0',
  info: { title: 'test', version: '1' },
  paths: {},
  components: { schemas },
});

const LIST: Schemas = {
  ListDto: { type: 'array', items: { $ref: '#/components/schemas/ItemDto' } },
  ItemDto: { type: 'object' },
};

describe('schema names', () => {
  it('lose the suffix, also in references', () => {
    expect(dropDtoSuffix(documentOf(LIST)).components?.schemas).toEqual({
      List: { type: 'array', items: { $ref: '#/components/schemas/Item' } },
      Item: { type: 'object' },
    });
  });

  it('do not change in the original, which shares objects with the decorators', () => {
    const original = documentOf(structuredClone(LIST));
    dropDtoSuffix(original);
    expect(original).toEqual(documentOf(LIST));
  });

  it('must differ without the suffix', () => {
    const colliding = documentOf({ Item: { type: 'string' }, ItemDto: { type: 'object' } });
    expect(() => dropDtoSuffix(colliding)).toThrow(/with and without the suffix: ItemDto/);
  });
});
