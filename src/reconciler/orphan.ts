/** Something that an engine holds for an instance of which no row is left. Times are Unix seconds. */
export interface Orphan {
  readonly driver: string;
  /** As the engine has it: it need not be an id of ours. */
  readonly instanceId: string;
  readonly tenantId: string;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
}
