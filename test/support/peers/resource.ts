export interface Resource {
  readonly id: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface Build {
  /** The published build of the original omits type-specific fields from its responses. */
  readonly isPublishedBuild?: boolean;
}

/** A resource as shown in responses. */
export function shown<T extends Resource>(resource: T, { isPublishedBuild = false }: Build): Resource {
  if (!isPublishedBuild) return resource;
  const { id, createdAt, updatedAt, metadata } = resource;
  return { id, createdAt, updatedAt, metadata };
}

/** Integer Unix seconds, as everywhere on the platform. */
export function unixNow(): number {
  return Math.floor(Date.now() / 1000);
}
