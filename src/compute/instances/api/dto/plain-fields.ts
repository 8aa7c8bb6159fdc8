import { applyDecorators, type Type } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { plainToInstance, Type as TypeOf } from 'class-transformer';
import { IsBoolean, IsIn, IsObject, IsOptional, ValidateNested } from 'class-validator';
import { IsOptionalNonNull } from '../../../../platform/http/validation/is-optional-non-null';
import { isRecord } from '../../../../platform/values/records';
import { IsText } from '../../../../platform/http/validation/is-text';
import {
  PLAIN_FIELDS,
  plainDefaults,
  type FieldDocs,
  type PlainChanges,
  type PlainField,
  type PlainFilter,
  type PlainValues,
} from '../../fields';
import { CreatedRestartPolicyDto, PatchedRestartPolicyDto, RestartPolicyDto } from './restart-policy.dto';

/**
 * Each of these returns a subclass of a DTO with the plain fields after its members. Further members are added by
 * extending that: the order of the OpenAPI document.
 */
export function withShownFields<Dto extends object>(dto: Type<Dto>): Type<Dto & PlainValues>;
export function withShownFields(dto: Type<object>): Type<object> {
  return withMembers(dto, (field) => ApiProperty(schemaOf(field, field.shown, RestartPolicyDto)));
}

export function withCreatedFields<Dto extends object>(dto: Type<Dto>): Type<Dto & PlainValues>;
export function withCreatedFields(dto: Type<object>): Type<object> {
  return withMembers(
    dto,
    (field) =>
      applyDecorators(
        ApiPropertyOptional(creationSchemaOf(field)),
        IsValueOf(field, CreatedRestartPolicyDto),
      ),
    Object.fromEntries(Object.entries(plainDefaults()).map(([name, value]) => [name, validated(value)])),
  );
}

/** Validation of nested objects requires that they are instances of their DTO. */
function validated(value: unknown): unknown {
  return isRecord(value) ? plainToInstance(CreatedRestartPolicyDto, value) : value;
}

export function withPatchedFields<Dto extends object>(dto: Type<Dto>): Type<Dto & PlainChanges>;
export function withPatchedFields(dto: Type<object>): Type<object> {
  return withMembers(dto, (field) =>
    applyDecorators(
      ApiPropertyOptional(schemaOf(field, field.patched, PatchedRestartPolicyDto)),
      IsValueOf(field, PatchedRestartPolicyDto),
    ),
  );
}

/** Without documentation, which `list-instances.openapi.ts` has. */
export function withFilterFields<Dto extends object>(dto: Type<Dto>): Type<Dto & PlainFilter>;
export function withFilterFields(dto: Type<object>): Type<object> {
  return withMembers(dto, (field) => {
    if (field.filter === null || field.kind === 'restartPolicy') return () => undefined;
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

/** `policy` describes the object of a restart policy. */
function schemaOf(field: PlainField, docs: FieldDocs, policy: Type<object>): ApiPropertyOptions {
  switch (field.kind) {
    case 'flag':
      return { type: 'boolean', ...docs };
    case 'text':
      return { type: 'string', nullable: true, maxLength: field.max, ...docs };
    case 'restartPolicy':
      return { type: policy, ...docs };
  }
}

function creationSchemaOf(field: PlainField): ApiPropertyOptions {
  const schema = schemaOf(field, field.created, CreatedRestartPolicyDto);
  return field.kind === 'flag' ? { ...schema, default: false } : schema;
}

function IsValueOf(field: PlainField, policy: Type<object>): PropertyDecorator {
  switch (field.kind) {
    case 'flag':
      return applyDecorators(IsOptionalNonNull(), IsBoolean());
    case 'text':
      return applyDecorators(IsOptional(), IsText({ max: field.max }));
    case 'restartPolicy':
      return applyDecorators(
        IsOptionalNonNull(),
        IsObject(),
        ValidateNested(),
        TypeOf(() => policy),
      );
  }
}
