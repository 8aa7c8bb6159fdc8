import { applyDecorators, type Type } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import { IsOptionalNonNull } from '../../../../platform/http/validation/is-optional-non-null';
import { IsText } from '../../../../platform/http/validation/is-text';
import {
  PLAIN_FIELDS,
  plainDefaults,
  type FieldDocs,
  type PlainField,
  type PlainFilter,
  type PlainValues,
} from '../../fields';

/**
 * Each of these returns a subclass of a DTO with the plain fields after its members. Further members are added by
 * extending that: the order of the OpenAPI document.
 */
export function withShownFields<Dto extends object>(dto: Type<Dto>): Type<Dto & PlainValues>;
export function withShownFields(dto: Type<object>): Type<object> {
  return withMembers(dto, (field) => ApiProperty(schemaOf(field, field.shown)));
}

export function withCreatedFields<Dto extends object>(dto: Type<Dto>): Type<Dto & PlainValues>;
export function withCreatedFields(dto: Type<object>): Type<object> {
  return withMembers(
    dto,
    (field) => applyDecorators(ApiPropertyOptional(creationSchemaOf(field)), IsValueOf(field)),
    plainDefaults(),
  );
}

export function withPatchedFields<Dto extends object>(dto: Type<Dto>): Type<Dto & Partial<PlainValues>>;
export function withPatchedFields(dto: Type<object>): Type<object> {
  return withMembers(dto, (field) =>
    applyDecorators(ApiPropertyOptional(schemaOf(field, field.patched)), IsValueOf(field)),
  );
}

/** Without documentation, which `list-instances.openapi.ts` has. */
export function withFilterFields<Dto extends object>(dto: Type<Dto>): Type<Dto & PlainFilter>;
export function withFilterFields(dto: Type<object>): Type<object> {
  return withMembers(dto, (field) => {
    if (field.filter === null) return () => undefined;
    const isValue = field.kind === 'flag' ? IsIn(['true', 'false']) : IsText({ min: 1, max: field.max });
    return applyDecorators(IsOptional(), isValue);
  });
}

function withMembers(
  dto: Type<object>,
  decoratorOf: (field: PlainField) => PropertyDecorator,
  defaults: object = {},
): Type<object> {
  class WithPlainFields extends dto {
    constructor() {
      super();
      Object.assign(this, defaults);
    }
  }
  for (const field of PLAIN_FIELDS) decoratorOf(field)(WithPlainFields.prototype, field.name);
  return WithPlainFields;
}

const schemaOf = (field: PlainField, docs: FieldDocs): ApiPropertyOptions =>
  field.kind === 'flag'
    ? { type: 'boolean', ...docs }
    : { type: 'string', nullable: true, maxLength: field.max, ...docs };

const creationSchemaOf = (field: PlainField): ApiPropertyOptions =>
  field.kind === 'flag'
    ? { type: 'boolean', default: false, ...field.created }
    : schemaOf(field, field.created);

const IsValueOf = (field: PlainField): PropertyDecorator =>
  field.kind === 'flag'
    ? applyDecorators(IsOptionalNonNull(), IsBoolean())
    : applyDecorators(IsOptional(), IsText({ max: field.max }));
