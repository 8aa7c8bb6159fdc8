/** An engine resource whose instance is not stored. Times are Unix seconds. */
export interface Orphan {
  readonly driver: string;
  /** As the engine reports it; not necessarily one of our ids. */
  readonly instanceId: string;
  readonly tenantId: string;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
}
