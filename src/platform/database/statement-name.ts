/**
 * A distinct name for each text of a composed statement: its base and the optional parts that are present.
 * PostgreSQL truncates names to 63 characters; statements with the same truncated name would be confused.
 */
export function statementName(base: string, parts: object): string {
  const present = Object.entries(parts).flatMap(([part, value]) => (value === undefined ? [] : [part]));
  const name = [base, ...present.sort()].join('_');
  if (name.length > 63) throw new Error(`statement name ${name} is too long`);
  return name;
}
