import { ProblemError } from 'uim-compute-client';

/** What the service objects to in a field of a request; undefined if its problem is another one. */
export function fieldError(error: unknown, field: string): string | undefined {
  if (!(error instanceof ProblemError)) return undefined;
  return error.problem.errors?.find((each) => each.field === field || each.field.startsWith(`${field}.`))
    ?.message;
}

/** Whether every objection is about one of the fields, and so is shown beside them. */
export function isShownAtFields(error: unknown, fields: readonly string[]): boolean {
  if (!(error instanceof ProblemError)) return false;
  const { errors = [] } = error.problem;
  return (
    errors.length > 0 &&
    errors.every(({ field }) => fields.some((each) => field === each || field.startsWith(`${each}.`)))
  );
}
