/** A migration gave a table or a column another name. Both are written as `table` or `table.column`. */
interface Renamed {
  readonly by: number;
  readonly from: string;
  readonly to: string;
}

/** A migration intentionally recomputed the values of a column. The column has the name of the first schema. */
interface Rewritten {
  readonly by: number;
  readonly column: string;
}

/** In order of the migrations. A table that is renamed has its new name in later entries. */
const RENAMED: readonly Renamed[] = [
  { by: 14, from: 'operations', to: 'resource_operations' },
  { by: 14, from: 'resource_operations.instance_id', to: 'resource_operations.resource_id' },
  { by: 14, from: 'resource_operations.driver', to: 'resource_operations.host_id' },
  { by: 14, from: 'capacities', to: 'host_inventory' },
  { by: 14, from: 'host_inventory.driver', to: 'host_inventory.host_id' },
  { by: 14, from: 'instance_events', to: 'resource_events' },
  { by: 14, from: 'resource_events.instance_id', to: 'resource_events.resource_id' },
];

/** Also for columns that a migration removed: they are not compared after it. */
const REWRITTEN: readonly Rewritten[] = [
  // The document got new members.
  { by: 5, column: 'instances.document' },
  { by: 8, column: 'instances.document' },
  { by: 19, column: 'instances.document' },
  { by: 22, column: 'instances.document' },
  // Arguments have these since.
  { by: 14, column: 'operations.attachment_id' },
  { by: 14, column: 'operations.forced' },
  // Replaced by spent_ms.
  { by: 14, column: 'operations.deadline_at' },
];

/** The present name of a table or column that has this one in an older schema. */
export function renamed(name: string, versions: { readonly from: number; readonly to: number }): string {
  return RENAMED.filter(({ by }) => by > versions.from && by <= versions.to).reduce(
    (current, { from, to }) => {
      if (current === from) return to;
      return current.startsWith(`${from}.`) ? `${to}${current.slice(from.length)}` : current;
    },
    name,
  );
}

/** The name in this version of a column, given as `table.column` with its first name, without the table. */
export function columnIn(version: number, name: string): string {
  return renamed(name, { from: 0, to: version }).split('.').at(-1) ?? name;
}

/** Whether a migration after `from` rewrites the column, which has its name in that schema. */
export function isRewritten(column: string, from: number): boolean {
  return REWRITTEN.some(
    (change) => change.by > from && renamed(change.column, { from: 0, to: from }) === column,
  );
}
