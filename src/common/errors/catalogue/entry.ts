/** What an error code means: to the machine that gets it, and to the people who read about it. */
export interface CatalogueEntry {
  readonly status: number;
  /** A sentence as `detail` says it, for the OpenAPI document. */
  readonly example: string;
  /** Whether the same request can succeed later, with nothing changed by the caller; it gets a `Retry-After`. */
  readonly retryable: boolean;
  readonly meaning: string;
  /** What to do about it. */
  readonly remedy: string;
}

export type CatalogueGroup = Readonly<Record<string, CatalogueEntry>>;
