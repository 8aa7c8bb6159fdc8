import type { Capacity, Flavor } from 'uim-compute-client';

type Share = Capacity['flavors'][number];

export interface FlavorRow {
  readonly name: string;
  /** Undefined while it is read, for a retired flavor. */
  readonly flavor: Flavor | undefined;
  readonly isRetired: boolean;
  /** Undefined until the capacity is known. */
  readonly share: Share | undefined;
}

/** Flavors that can be used, then retired ones that instances still have. */
export function rowsOf(
  flavors: readonly Flavor[],
  shares: readonly Share[] | undefined,
  sizeOf: (name: string) => Flavor | undefined,
): readonly FlavorRow[] {
  const shareOf = new Map(shares?.map((share) => [share.name, share]));
  const listed = flavors.map((flavor) => ({
    name: flavor.name,
    flavor,
    isRetired: flavor.retired === true,
    share: shareOf.get(flavor.name),
  }));
  const names = new Set(flavors.map(({ name }) => name));
  const retired = (shares ?? [])
    .filter(({ name }) => !names.has(name))
    .map((share) => ({ name: share.name, flavor: sizeOf(share.name), isRetired: true, share }));
  return [...listed, ...retired];
}
