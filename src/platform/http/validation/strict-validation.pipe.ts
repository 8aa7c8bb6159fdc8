import { Injectable, ValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import type { FieldError } from '../../errors/app.error';
import { TooManyValuesError } from '../http.errors';
import { ValidationFailedError } from '../../errors/service.errors';

const MAX_DEPTH = 8;
/** Validation time grows with the square of the number of parameters. */
const MAX_PARAMETERS = 200;
/** Nest and class-transformer silently drop members with these names. */
const RESERVED_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

/** Validates bodies and queries against their DTOs; rejects members that a DTO does not declare. */
@Injectable()
export class StrictValidationPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      stopAtFirstError: true,
      exceptionFactory: (errors) => new ValidationFailedError(toFieldErrors(errors)),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.metatype === undefined || metadata.metatype === Object) return value;
    if (metadata.type === 'body' || metadata.type === 'query') assertObject(value, metadata.type);
    const result: unknown = await super.transform(value, metadata);
    return result;
  }
}

/** Runs first, because class-transformer recurses without a limit and accepts `null` and lists as objects. */
function assertObject(value: unknown, what: string): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ValidationFailedError([{ field: what, message: `the ${what} must be a JSON object` }]);
  }
  // Bodies were counted before parsing.
  if (what === 'query' && Object.values(value).flat().length > MAX_PARAMETERS) {
    throw new TooManyValuesError(what, MAX_PARAMETERS, 'parameters');
  }
  if (isNestedTooDeeply(value)) throw nestedTooDeeply(what);
  // class-transformer skips names that every object inherits: toString, valueOf and so on.
  const inherited = Object.keys(value).find((name) => name in Object.prototype);
  const reserved = inherited ?? reservedNameIn(value);
  if (reserved !== undefined) {
    throw new ValidationFailedError([{ field: reserved, message: `no member may be named ${reserved}` }]);
  }
}

/** Whether a document is nested deeper than any DTO; code that recurses into documents must check this first. */
export function isNestedTooDeeply(value: unknown): boolean {
  return isDeeperThan(value, MAX_DEPTH);
}

export function nestedTooDeeply(what: string): ValidationFailedError {
  return new ValidationFailedError([{ field: what, message: `the ${what} is nested too deeply` }]);
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((member) => isDeeperThan(member, levels - 1));
}

function reservedNameIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, member] of Object.entries(value)) {
    const reserved = RESERVED_NAMES.has(name) ? name : reservedNameIn(member);
    if (reserved !== undefined) return reserved;
  }
  return undefined;
}

function toFieldErrors(errors: readonly ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const field = parent + error.property.slice(0, 200);
    const own = Object.values(error.constraints ?? {}).map((message) => ({
      field,
      message: message.slice(0, 300),
    }));
    return [...own, ...toFieldErrors(error.children ?? [], `${field}.`)];
  });
}
