import { ValidateBy, type ValidationArguments } from 'class-validator';
import { isTenant } from '../../../../access/tenancy';

/** A tenant id, without `allTenants` beside it. */
export function IsTenantFilter(): PropertyDecorator {
  return ValidateBy({
    name: 'isTenantFilter',
    validator: {
      validate: (_, argument) => problemOf(argument) === undefined,
      defaultMessage: (argument) => problemOf(argument) ?? '',
    },
  });
}

function problemOf(argument: ValidationArguments | undefined): string | undefined {
  if (!isTenant(argument?.value)) return 'tenantId must be 1 to 128 of the characters A-Z a-z 0-9 . _ : -';
  const isBeside = 'allTenants' in argument.object && argument.object.allTenants !== undefined;
  return isBeside ? 'tenantId and allTenants exclude each other' : undefined;
}
