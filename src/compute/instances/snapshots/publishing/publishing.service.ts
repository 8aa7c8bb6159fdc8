import { Injectable } from '@nestjs/common';
import { ImageExistsError, ImagesService, TooManyImagesError } from '../../../images';
import { ImagesConfig } from '../../../images/images.config';
import { SnapshotContendedError, SnapshotNotAvailableError, SnapshotNotFoundError } from '../snapshot.errors';
import { SnapshotsRepository } from '../store/snapshots.repository';
import { PublishingRepository, type NewImage, type PublicationState } from './publishing.repository';

const MAX_CONFLICTS = 10;

/** Makes images of tenants' snapshots. An image is only a name: nothing is copied. */
@Injectable()
export class PublishingService {
  constructor(
    private readonly config: ImagesConfig,
    private readonly publications: PublishingRepository,
    private readonly snapshots: SnapshotsRepository,
    private readonly images: ImagesService,
  ) {}

  /**
   * Returns the JSON text of the image.
   * @throws {SnapshotNotFoundError | SnapshotNotAvailableError | ImageExistsError | TooManyImagesError} with nothing written
   */
  async publish(tenantId: string, image: NewImage, keyRecord: string | null): Promise<string> {
    const { id, snapshotId } = image;
    const { perTenant: limit } = this.config;
    const snapshot = await this.snapshots.source(tenantId, snapshotId);
    if (!snapshot) throw new SnapshotNotFoundError();
    if (this.images.hasInCatalog(tenantId, id)) throw new ImageExistsError(id);
    const { type, imageId: baseImageId, diskGB } = snapshot;
    const body = JSON.stringify(this.images.ofTenant({ ...image, type, baseImageId, diskGB }));
    for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
      if (await this.publications.publish(tenantId, { image, limit, body, keyRecord })) return body;
      const refusal = refusalOf(id, limit, await this.publications.state(tenantId, image));
      if (refusal) throw refusal;
    }
    throw new SnapshotContendedError();
  }
}

/** Undefined if only a concurrent request can have prevented it. */
function refusalOf(
  id: string,
  limit: number,
  { snapshotStatus, isTaken, images }: PublicationState,
): Error | undefined {
  if (snapshotStatus === null) return new SnapshotNotFoundError();
  if (snapshotStatus !== 'available') return new SnapshotNotAvailableError(snapshotStatus);
  if (isTaken) return new ImageExistsError(id);
  return images >= limit ? new TooManyImagesError(limit) : undefined;
}
