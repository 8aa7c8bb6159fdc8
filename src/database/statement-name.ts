/**
 * A name for each text that a composed statement can have: its base and the parts that are there.
 * PostgreSQL cuts names at 63 characters, and statements that then share one would answer for each other.
 */
export function statementName(base: string, parts: object): string {
  const present = Object.entries(parts).flatMap(([part, value]) => (value === undefined ? [] : [part]));
  const name = [base, ...present.sort()].join('_');
  if (name.length > 63) throw new Error(`statement name ${name} is too long`);
  return name;
}
