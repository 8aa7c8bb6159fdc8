import { ValidateBy } from 'class-validator';
import { isText } from '../../../../platform/values/text';

export const MAX_VARIABLES = 200;
export const MAX_VARIABLE = 16_384;
/** Same rule as in Kubernetes: programs such as Elasticsearch are configured by names with dots. */
const VARIABLE_NAME = /^[A-Za-z_.-][A-Za-z0-9_.-]{0,127}$/;

/** A flat object of environment variables. Values may be secrets, so error messages never repeat them. */
export function IsEnvironment(): PropertyDecorator {
  return ValidateBy({
    name: 'isEnvironment',
    validator: {
      validate: (value) => problemOf(value) === undefined,
      defaultMessage: (argument) => problemOf(argument?.value) ?? '',
    },
  });
}

function problemOf(env: unknown): string | undefined {
  if (typeof env !== 'object' || env === null || Array.isArray(env)) {
    return 'env must be an object with string values';
  }
  const pairs = Object.entries(env);
  if (pairs.length > MAX_VARIABLES) return `env must have at most ${MAX_VARIABLES} variables`;
  for (const [name, value] of pairs) {
    if (!VARIABLE_NAME.test(name)) {
      return 'env names must be 1 to 128 letters, digits, "_", "." or "-", and must not start with a digit';
    }
    if (!isText(value, 0, MAX_VARIABLE))
      return `env.${name} must be text of at most ${MAX_VARIABLE} characters`;
  }
  return undefined;
}
