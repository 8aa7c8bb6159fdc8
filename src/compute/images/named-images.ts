import { hasDigest, parseImageName, type ImageName } from '../../drivers/port/image-name';
import { isFor, type Image } from './image';

/** `undecided` if only the content can tell: a tag is asked for and the catalog has digests, or the reverse. */
export type ImageAccess = 'allowed' | 'denied' | 'undecided';

interface NamedImage {
  readonly image: Image;
  readonly name: ImageName;
}

/**
 * The images of a catalog that container engines pull by name. Decides which tenants may use a name that is not a
 * catalog id.
 *
 * A repository with an image that is closed to a tenant is closed to that tenant completely, except for the versions
 * that the catalog gives it. All other repositories are open.
 */
export class NamedImages {
  /** Whether an image is limited to some tenants. */
  readonly hasPrivate: boolean;
  private readonly byRepository: ReadonlyMap<string, readonly NamedImage[]>;
  private readonly byContent: ReadonlyMap<string, readonly NamedImage[]>;

  constructor(images: readonly Image[]) {
    const named = images.flatMap((image) =>
      [...image.sources.values()].flatMap((source) => {
        const name = source.kind === 'name' ? parseImageName(source.name) : undefined;
        return name ? [{ image, name }] : [];
      }),
    );
    this.hasPrivate = named.some(({ image }) => image.tenants !== null);
    this.byRepository = groupBy(named, ({ name }) => name.repositoryKey);
    this.byContent = groupBy(named, ({ name }) => contentKey(name));
  }

  /** Decides by the name only. */
  access(tenantId: string, name: ImageName): ImageAccess {
    const isTheirs = ({ image }: NamedImage): boolean => isFor(image, tenantId);
    const same = this.byContent.get(contentKey(name)) ?? [];
    if (same.length > 0) return same.some(isTheirs) ? 'allowed' : 'denied';
    const related = this.byRepository.get(name.repositoryKey) ?? [];
    if (related.every(isTheirs)) return 'allowed';
    const isIncomparable = (other: NamedImage): boolean => hasDigest(other.name) !== hasDigest(name);
    return related.some((other) => isTheirs(other) && isIncomparable(other)) ? 'undecided' : 'denied';
  }

  /** Whether an image of the catalog is in the same repository. */
  hasRepositoryOf({ repositoryKey }: ImageName): boolean {
    return this.byRepository.has(repositoryKey);
  }

  /** Decides by content, given all names under which the engine has the image that it would run for `requested`. */
  mayRun(tenantId: string, requested: ImageName, names: readonly ImageName[]): boolean {
    const same = names.flatMap((name) => this.byContent.get(contentKey(name)) ?? []);
    if (same.length > 0) return same.some(({ image }) => isFor(image, tenantId));
    return this.access(tenantId, requested) === 'allowed';
  }
}

/** A digest identifies the same content in every repository. */
function contentKey(name: ImageName): string {
  return hasDigest(name) ? name.version : `${name.repositoryKey}:${name.version}`;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
