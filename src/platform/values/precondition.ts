/** The preconditions of a write (RFC 9110, section 13.1), as versions of the resource to change. */
export interface Precondition {
  /** Versions that `If-Match` accepts; null if it accepts any. */
  readonly accepted: readonly number[] | null;
  /** Versions that `If-None-Match` rules out. */
  readonly excluded: readonly number[];
}

/** Whether a write with this precondition may change the version. */
export function isMet({ accepted, excluded }: Precondition, version: number): boolean {
  return (accepted === null || accepted.includes(version)) && !excluded.includes(version);
}
