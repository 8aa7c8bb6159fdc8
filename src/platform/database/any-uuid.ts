/**
 * `ANY` of a parameter that is an array of UUIDs. The subquery hides its length from the planner, which would otherwise
 * plan the statement again each time, because a plan for one row seems cheaper than one for any number. Planning takes
 * ten times as long as finding one row.
 */
export function anyUuid(parameter: string): string {
  return `ANY((SELECT ${parameter}::uuid[])::uuid[])`;
}
