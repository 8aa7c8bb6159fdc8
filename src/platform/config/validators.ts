import { makeValidator, type RequiredValidatorSpec } from 'envalid';

/** Default and description of a setting. */
interface Declared<T> {
  readonly default: T;
  /** Meaning, for the reference of settings. */
  readonly desc: string;
}

type Setting<T> = RequiredValidatorSpec<T>;

/** A setting with a parser of its own, which throws an error `must …` for an invalid value, without showing it. */
export function setting<T extends string | number | boolean>(
  parse: (input: string) => T,
  { default: byDefault, desc }: Declared<T>,
): Setting<T> {
  return makeValidator(parse)({ default: byDefault, desc });
}

/** Any text. */
export function text(declared: Declared<string>): Setting<string> {
  return setting((input) => input, declared);
}

export function integer(min: number, max: number, declared: Declared<number>): Setting<number> {
  return setting((input) => {
    const value = Number(input);
    if (!/^(\d+|-[1-9]\d*)$/.test(input) || value < min || value > max) {
      throw new TypeError(`must be an integer from ${min} to ${max}`);
    }
    return value;
  }, declared);
}

const MAX_BOUND = 1_000_000_000;

/** An upper limit; -1 means unlimited. */
export function bound(declared: Declared<number>): Setting<number> {
  return integer(-1, MAX_BOUND, declared);
}

/** A factor from 0.1 to 100. */
export function ratio(declared: Declared<number>): Setting<number> {
  return setting((input) => {
    const value = Number(input);
    if (!/^\d+(\.\d{1,2})?$/.test(input) || value < 0.1 || value > 100) {
      throw new TypeError('must be a number from 0.1 to 100 with at most two decimals');
    }
    return value;
  }, declared);
}

/** @param what what a value `must be` */
export function matching(pattern: RegExp, what: string, declared: Declared<string>): Setting<string> {
  return setting((input) => {
    if (!pattern.test(input)) throw new TypeError(`must be ${what}`);
    return input;
  }, declared);
}

/** One of several words. */
export function choice<const T extends string>(
  choices: readonly T[],
  what: string,
  declared: Declared<NoInfer<T>>,
): Setting<T> {
  return setting((input) => {
    const chosen = choices.find((each) => each === input);
    if (chosen === undefined) throw new TypeError(`must be ${what}`);
    return chosen;
  }, declared);
}

export function flag(declared: Declared<boolean>): Setting<boolean> {
  return setting((input) => {
    if (/^(true|1)$/.test(input)) return true;
    if (/^(false|0)$/.test(input)) return false;
    throw new TypeError('must be true or false');
  }, declared);
}

/** A path, used as is: only shells expand `~` and variables. */
export function path(declared: Declared<string>): Setting<string> {
  return setting((input) => {
    if (/^~|\$(\{|[A-Za-z_])/.test(input)) throw new TypeError('must be a path without ~ and $VARIABLES');
    return input;
  }, declared);
}

/** The items between commas; empty for an empty value. */
export function listOf(value: string): readonly string[] {
  return value.split(',').flatMap((item) => item.trim() || []);
}
