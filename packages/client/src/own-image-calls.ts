import { given, only } from './given';
import { repeatingIfLost } from './lost-responses';
import { itemsOf } from './pages';
import { unwrap } from './problem';
import type { Routes } from './routes';
import type { CallOptions, ChangeOptions, Image, PublishImage } from './types';

const IMAGES = '/api/v1/compute/images';
const IMAGE = `${IMAGES}/{id}` as const;

export function imagesOf(routes: Routes, options: CallOptions): AsyncGenerator<Image, void, undefined> {
  return itemsOf(async (query) => {
    const list = await unwrap(routes.GET(IMAGES, { params: { query }, ...only(options) }));
    return { items: list.images, nextPageToken: list.nextPageToken };
  });
}

/** Images that the tenant publishes from its snapshots. `ComputeClient.images` lists them with those of the catalog. */
export class OwnImageCalls {
  constructor(private readonly routes: Routes) {}

  /**
   * Makes an image of a snapshot. Repeats the request with its idempotency key if the response is lost, like
   * `ComputeClient.create`.
   */
  publish(request: PublishImage, options: ChangeOptions = {}): Promise<Image> {
    const { idempotencyKey = globalThis.crypto.randomUUID(), signal } = options;
    const params = { header: { 'Idempotency-Key': idempotencyKey } };
    const body = given(request);
    return repeatingIfLost(
      () => unwrap(this.routes.POST(IMAGES, { params, body, ...only(options) })),
      signal,
    );
  }

  /** Also finds images of the catalog. */
  get(id: string, options: CallOptions = {}): Promise<Image> {
    return unwrap(this.routes.GET(IMAGE, { params: { path: { id } }, ...only(options) }));
  }

  /** Its snapshot stays. */
  async delete(id: string, options: CallOptions = {}): Promise<void> {
    await unwrap(this.routes.DELETE(IMAGE, { params: { path: { id } }, ...only(options) }));
  }
}
