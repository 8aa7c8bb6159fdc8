import { isFor, type Image } from './image';
import { NamedImages } from './named-images';

/** The images of one version of the catalog file. */
export class Catalog {
  static readonly EMPTY = new Catalog([]);

  readonly named: NamedImages;
  private readonly byId: ReadonlyMap<string, Image>;
  private readonly sorted: readonly Image[];

  constructor(images: readonly Image[]) {
    this.sorted = images.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    this.byId = new Map(this.sorted.map((image) => [image.id, image]));
    this.named = new NamedImages(this.sorted);
  }

  get size(): number {
    return this.sorted.length;
  }

  /** Does not check which tenants may use the image. */
  find(id: string): Image | undefined {
    return this.byId.get(id);
  }

  /** Images for a tenant, by id, at most `limit` after the given id. */
  list(tenantId: string, { after, limit }: { after: string | null; limit: number }): readonly Image[] {
    const found: Image[] = [];
    for (const image of this.sorted) {
      if (found.length >= limit) break;
      if ((after === null || image.id > after) && isFor(image, tenantId)) found.push(image);
    }
    return found;
  }
}
