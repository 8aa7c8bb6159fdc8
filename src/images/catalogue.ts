import { fullRepository, parseImageName } from '../common/image-name';
import type { Image } from './image';

/** The images of one version of the file. */
export class Catalogue {
  static readonly EMPTY = new Catalogue([]);

  private readonly byId: ReadonlyMap<string, Image>;
  private readonly sorted: readonly Image[];
  private readonly byRepository = new Map<string, Image[]>();

  constructor(images: readonly Image[]) {
    this.sorted = images.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    this.byId = new Map(this.sorted.map((image) => [image.id, image]));
    for (const image of this.sorted) this.index(image);
  }

  get size(): number {
    return this.sorted.length;
  }

  /** Whoever may use it. */
  find(id: string): Image | undefined {
    return this.byId.get(id);
  }

  /** Those that are fetched from there, in whatever version. */
  ofRepository(fullName: string): readonly Image[] {
    return this.byRepository.get(fullName) ?? [];
  }

  /** Those of a tenant, by id, at most so many behind another one. */
  list(tenantId: string, { after, limit }: { after: string | null; limit: number }): readonly Image[] {
    const found: Image[] = [];
    for (const image of this.sorted) {
      if (found.length >= limit) break;
      if ((after === null || image.id > after) && isFor(image, tenantId)) found.push(image);
    }
    return found;
  }

  private index(image: Image): void {
    for (const source of image.sources.values()) {
      const name = source.kind === 'name' ? parseImageName(source.name) : undefined;
      if (!name) continue;
      const repository = fullRepository(name);
      this.byRepository.set(repository, [...(this.byRepository.get(repository) ?? []), image]);
    }
  }
}

export function isFor({ tenants }: Image, tenantId: string): boolean {
  return tenants?.has(tenantId) ?? true;
}
