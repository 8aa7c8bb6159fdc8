import { ValidateIf } from 'class-validator';

/** Absent is fine; null is not the same as absent. */
export const IfGiven = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);
