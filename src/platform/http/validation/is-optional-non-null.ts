import { ValidateIf } from 'class-validator';

/** Skips validation of an absent member, but unlike `IsOptional`, not of null. */
export const IsOptionalNonNull = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);
