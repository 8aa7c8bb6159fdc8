import { ProblemError } from 'uim-compute-client';

/** Refusals of one field, by its name; of a member inside it, by that of the field. */
export type FieldErrors = Readonly<Record<string, string>>;

/**
 * Refusals of the service, by field.
 * @param fieldOfCode the field that a refusal is about if only its code shows it
 */
export function fieldErrorsOf(
  error: unknown,
  fieldOfCode: Readonly<Record<string, string>> = {},
): FieldErrors {
  if (!(error instanceof ProblemError)) return {};
  const { errors = [], code, detail } = error.problem;
  const byField = new Map<string, string>();
  for (const { field, message } of errors) {
    const [name = field] = field.split(/[.[]/);
    if (!byField.has(name)) byField.set(name, message);
  }
  const field = fieldOfCode[code];
  if (field !== undefined && byField.size === 0) byField.set(field, detail);
  return Object.fromEntries(byField);
}

/** Whether all that was refused is shown beside one of these fields. */
export function isShownBeside(errors: FieldErrors, fields: readonly string[]): boolean {
  const refused = Object.keys(errors);
  return refused.length > 0 && refused.every((field) => fields.includes(field));
}
