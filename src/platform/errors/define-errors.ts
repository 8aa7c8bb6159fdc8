/** Description of an error code. */
export interface ErrorDescription {
  readonly status: number;
  /** Sample `detail`; also the `detail` of an error without a message of its own. */
  readonly example: string;
  /** Whether the unchanged request can succeed later; the response then has a `Retry-After`. */
  readonly retryable: boolean;
  readonly meaning: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** Not exported, so that every `ErrorDefinition` comes from `defineErrors`. */
const DEFINED = Symbol('defined');

/** A declared error code, which routes document and `AppError`s carry. */
export interface ErrorDefinition extends ErrorDescription {
  readonly code: string;
  readonly [DEFINED]: true;
}

const definitions = new Map<string, ErrorDefinition>();

/**
 * Declares the error codes of a feature, by code.
 * @throws {Error} if a code is declared already
 */
export function defineErrors<Code extends string>(
  errors: Readonly<Record<Code, ErrorDescription>>,
): Readonly<Record<Code, ErrorDefinition>>;
export function defineErrors(
  errors: Readonly<Record<string, ErrorDescription>>,
): Readonly<Record<string, ErrorDefinition>> {
  const defined = Object.entries(errors).map(([code, description]) => {
    if (definitions.has(code)) throw new Error(`the error code ${code} is declared twice`);
    const definition: ErrorDefinition = { ...description, code, [DEFINED]: true };
    definitions.set(code, definition);
    return [code, definition] as const;
  });
  return Object.fromEntries(defined);
}

/** The definition of a stored or external code; undefined if this version does not declare it. */
export function findError(code: string): ErrorDefinition | undefined {
  return definitions.get(code);
}

/** The codes that all loaded features declare. */
export function definedErrors(): readonly ErrorDefinition[] {
  return [...definitions.values()];
}
