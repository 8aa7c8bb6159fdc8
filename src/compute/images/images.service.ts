import { fromKeyToken, toKeyToken } from '../../platform/values/paging';
import { canonicalRegistry, parseImageName, type ImageName } from '../../drivers/port/image-name';
import { INSTANCE_TYPES, type InstanceType } from '../../drivers/port/instance-type';
import { DriverRegistry, type ComputeDriver, type ImageCheck, type ImageSource } from '../../drivers';
import { Catalog } from './catalog';
import { CatalogFile, type CatalogState } from './catalog-file';
import { isFor, SIZES, type Image, type ListedImage, type Minimal } from './image';
import {
  FlavorTooSmallError,
  ImageInCatalogError,
  ImageNotFoundError,
  ImageRequiredError,
  UnknownImageError,
} from './image.errors';
import { OWN_ID, type OwnImage } from './own-image';
import { OwnImagesRepository } from './own-images.repository';

type Engine = Pick<ComputeDriver, 'kind' | 'capabilities'>;

const OF_CATALOG = 'see GET /images';
/** Stands for every registry. */
const ANY_REGISTRY = '*';

export interface ImagePage {
  readonly images: readonly ListedImage[];
  readonly nextPageToken?: string;
}

/**
 * Images that instances can start from: the operator's catalog, the tenants' own, and images that engines pull by name. If
 * several have the same id, this is the order in which they are found.
 */
export class ImagesService {
  private readonly registries: ReadonlySet<string>;

  /**
   * @param registries registries whose images tenants may name without a catalog entry; the engine contacts these hosts
   */
  constructor(
    private readonly file: CatalogFile | undefined,
    private readonly own: OwnImagesRepository,
    private readonly drivers: DriverRegistry,
    registries: readonly string[],
  ) {
    this.registries = new Set(registries.map(canonicalRegistry));
  }

  /** State of the catalog; undefined if none is configured. */
  get state(): CatalogState | undefined {
    return this.file?.state;
  }

  /** By id. */
  async list(tenantId: string, query: { limit: number; pageToken?: string }): Promise<ImagePage> {
    const { limit, pageToken } = query;
    const after = pageToken === undefined ? null : fromKeyToken(pageToken, isKey);
    const part = { after, limit: limit + 1 };
    const own = await this.own.list(tenantId, part);
    const found = [
      ...this.catalog.list(tenantId, part).map((image) => this.ofCatalog(image)),
      ...own.filter(({ id }) => !this.hasInCatalog(tenantId, id)).map((image) => this.ofTenant(image)),
    ].toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const images = found.slice(0, limit);
    const last = images.at(-1);
    if (found.length <= limit || !last) return { images };
    return { images, nextPageToken: toKeyToken(last.id) };
  }

  /** @throws {UnknownImageError} also for an image of another tenant */
  async get(tenantId: string, id: string): Promise<ListedImage> {
    const image = this.catalog.find(id);
    if (image && isFor(image, tenantId)) return this.ofCatalog(image);
    const own = await this.findOwn(tenantId, id);
    if (!own) throw new UnknownImageError();
    return this.ofTenant(own);
  }

  /**
   * Removes an image of the tenant; its snapshot stays.
   * @throws {UnknownImageError | ImageInCatalogError}
   */
  async remove(tenantId: string, id: string): Promise<void> {
    if (OWN_ID.test(id) && (await this.own.remove(tenantId, id))) return;
    throw this.hasInCatalog(tenantId, id) ? new ImageInCatalogError(id) : new UnknownImageError();
  }

  /** Whether the catalog has the image for this tenant. */
  hasInCatalog(tenantId: string, id: string): boolean {
    const image = this.catalog.find(id);
    return image !== undefined && isFor(image, tenantId);
  }

  /** The tenant's own image, unless the catalog has one with this id; undefined if there is none. */
  async findOwn(tenantId: string, id: string): Promise<OwnImage | undefined> {
    if (!OWN_ID.test(id) || this.hasInCatalog(tenantId, id)) return undefined;
    return this.own.find(tenantId, id);
  }

  /** An own image as shown to its tenant, with what the catalog requires of the image that it is based on. */
  ofTenant({ type, diskGB, baseImageId, snapshotId, ...names }: OwnImage): ListedImage {
    const base = this.stored(baseImageId);
    const minimal = { vcpus: 0, ramGB: 0, ...base?.minimal, diskGB };
    return { ...names, defaultUser: base?.defaultUser ?? null, types: [type], minimal, snapshotId };
  }

  /**
   * The catalog image for a new instance; null if the engine ignores images or pulls this one by name.
   * @throws {ImageRequiredError} if the id is empty and the engine needs an image.
   * @throws {ImageNotFoundError} also if the image belongs to another tenant or is for other engines, or if its
   * registry is not allowed by the operator.
   */
  choose(tenantId: string, id: string, { kind, capabilities }: Engine): Image | null {
    if (capabilities.images === 'ignored') return null;
    const isNamed = capabilities.images === 'named';
    const acceptedImages = isNamed ? this.catalogOrNamed : OF_CATALOG;
    if (id === '') throw new ImageRequiredError(acceptedImages);
    const image = this.catalog.find(id);
    if (image && isFor(image, tenantId) && image.sources.has(kind)) return image;
    if (isNamed && !image && this.mayName(tenantId, id)) return null;
    throw new ImageNotFoundError(acceptedImages);
  }

  /**
   * The image of an existing instance, which the catalog may no longer have.
   * @throws {FlavorTooSmallError}
   */
  assertStillFits(id: string, flavor: Minimal): void {
    const image = this.catalog.find(id);
    if (image) assertFits(image, flavor);
  }

  /** The catalog's image of an existing instance or snapshot; null if it no longer has it. */
  stored(id: string): Image | null {
    return this.catalog.find(id) ?? null;
  }

  /** The image source for a driver; null if the catalog does not define it. */
  sourceFor(id: string, driverKind: string): ImageSource | null {
    return this.catalog.find(id)?.sources.get(driverKind) ?? null;
  }

  /**
   * The check that a driver makes before it runs an image by a name outside the catalog; null if no image is private.
   */
  checkFor(tenantId: string, id: string): ImageCheck | null {
    const { named } = this.catalog;
    const requested = parseImageName(id);
    if (!named.hasPrivate || !requested) return null;
    return (names) => named.mayRun(tenantId, requested, names);
  }

  /** The driver decides about a name if only the content can tell. */
  private mayName(tenantId: string, id: string): boolean {
    const name = parseImageName(id);
    return (
      name !== undefined &&
      this.allowsRegistry(name) &&
      this.catalog.named.access(tenantId, name) !== 'denied'
    );
  }

  /** Naming a repository in the catalog allows its registry for that repository. */
  private allowsRegistry(name: ImageName): boolean {
    return (
      this.registries.has(ANY_REGISTRY) ||
      this.registries.has(name.registry) ||
      this.catalog.named.hasRepositoryOf(name)
    );
  }

  private get catalogOrNamed(): string {
    if (this.registries.size === 0) return OF_CATALOG;
    const registries = this.registries.has(ANY_REGISTRY) ? 'any registry' : [...this.registries].join(', ');
    return `${OF_CATALOG}, and names of OCI images of ${registries}`;
  }

  /** Leaves out the sources and the tenants. */
  private ofCatalog(image: Image): ListedImage {
    const { id, name, description, defaultUser, minimal } = image;
    return { id, name, description, defaultUser, types: this.typesOf(image), minimal, snapshotId: null };
  }

  private get catalog(): Catalog {
    return this.file?.catalog ?? Catalog.EMPTY;
  }

  private typesOf({ sources }: Image): readonly InstanceType[] {
    return INSTANCE_TYPES.filter((type) => {
      const { kind, capabilities } = this.drivers.forType(type);
      return capabilities.images === 'ignored' || sources.has(kind);
    });
  }
}

/** Whether the key of a page token can be the id of an image. */
function isKey(value: string): boolean {
  return /^[!-~]{1,255}$/.test(value);
}

/** Whether the image has a minimum size. */
export function needsRoom({ minimal }: Image): boolean {
  return SIZES.some((size) => minimal[size] > 0);
}

/** @throws {FlavorTooSmallError} */
export function assertFits({ minimal }: Image, flavor: Minimal): void {
  if (SIZES.some((size) => flavor[size] < minimal[size])) throw new FlavorTooSmallError(flavor, minimal);
}
