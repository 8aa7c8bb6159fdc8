/** Definition of an error code, for clients and for the error documentation. */
export interface CatalogEntry {
  readonly status: number;
  /** Sample `detail`. */
  readonly example: string;
  /** Whether the unchanged request can succeed later; the response then has a `Retry-After`. */
  readonly retryable: boolean;
  readonly meaning: string;
  /** What to do about it. */
  readonly remedy: string;
}

export type CatalogGroup = Readonly<Record<string, CatalogEntry>>;
