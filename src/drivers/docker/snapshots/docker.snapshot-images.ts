import type { ImageInfo as StoredImage } from 'dockerode';
import { isUuid } from '../../../platform/values/uuid';
import { DriverError } from '../../port/driver-call';
import { RESERVED_REGISTRY } from '../../port/image-name';
import type { SnapshotRef } from '../../port/snapshots';
import { LABEL } from '../docker.labels';
import type { DockerEngine } from '../engine/docker.engine';
import { faultOf, isAbsent, refused } from '../engine/docker.errors';
import { lookUpImage, type ImageInfo } from '../images/docker.image-info';
import { parseDescription, toText, type Description, type OriginalImage } from './docker.description';
import { nameOf, programIn, type CopiedProgram } from './docker.program';

/** Images of snapshots. */
const TAKEN = `${RESERVED_REGISTRY}/taken`;
/** Images of removed snapshots that containers still need. */
const REMOVED = `${RESERVED_REGISTRY}/removed`;
/** Older images without a tag do not belong to a snapshot that is being taken. */
const ABANDONED_AFTER_MS = 3_600_000;
/** Below the limit of engines for one instruction. */
const MAX_DESCRIPTION = 48_000;

export const noSnapshot = (): DriverError => refused('The snapshot does not exist at the container engine');

type Owned = Pick<SnapshotRef, 'id' | 'tenantId'>;

export interface SnapshotImage extends CopiedProgram {
  readonly id: string;
  /** Without what it has in common with the original image; null if the engine does not report it. */
  readonly sizeBytes: number | null;
}

/**
 * The images of snapshots. An image is a snapshot if it has a tag in a registry that does not exist, which no tenant can
 * name. The labels only keep tenants from running it under other names, describe it, and mark what a crash has left
 * without a tag: tenants may have images with the same labels.
 */
export class DockerSnapshotImages {
  constructor(
    private readonly engine: DockerEngine,
    private readonly deployment: string,
  ) {}

  /** Undefined if there is none, or if it is of another tenant or deployment. */
  async find({ id, tenantId }: Owned, signal: AbortSignal): Promise<SnapshotImage | undefined> {
    const found = await lookUpImage(this.engine, `${TAKEN}:${this.tagOf(id)}`, signal);
    const about = this.descriptionOf(found);
    if (!found || about?.tenantId !== tenantId) return undefined;
    return {
      id: found.Id,
      sizeBytes: ownSize(found, about.original),
      original: about.original,
      copiedNames: (found.Config?.Env ?? []).map(nameOf),
    };
  }

  /** @throws {DriverError} if there is none */
  async get(snapshot: Owned, signal: AbortSignal): Promise<SnapshotImage> {
    const found = await this.find(snapshot, signal);
    if (!found) throw noSnapshot();
    return found;
  }

  /** What the image needs besides the original one; null if the engine does not report it. */
  async sizeOf(imageId: string, original: OriginalImage, signal: AbortSignal): Promise<number | null> {
    const found = await lookUpImage(this.engine, imageId, signal);
    return found ? ownSize(found, original) : null;
  }

  /** Of the image of a container: itself, unless it is a snapshot. */
  originalOf(image: ImageInfo): OriginalImage {
    const itself = { ...programIn(image.Config ?? {}), sizeBytes: image.Size ?? 0 };
    return this.descriptionOf(image)?.original ?? itself;
  }

  /** For an image that gets no tag yet, as instructions of a Dockerfile. */
  labels({ id, tenantId }: Owned, original: OriginalImage): string {
    const description = toText({ deployment: this.deployment, tenantId, original });
    if (description.length > MAX_DESCRIPTION)
      throw refused('Command and environment of the image are too long for a snapshot');
    const labels = {
      [LABEL.snapshotId]: id,
      [LABEL.snapshotDeployment]: this.deployment,
      [LABEL.snapshot]: description,
      // The engine copies these from the container. An operator's container from the image must not pass for it.
      [LABEL.deployment]: '""',
      [LABEL.instanceId]: '""',
      [LABEL.tenantId]: '""',
      [LABEL.instanceName]: '""',
    };
    return Object.entries(labels)
      .map(([name, value]) => `LABEL ${name}=${value}`)
      .join('\n');
  }

  /** Makes the image the snapshot. */
  publish(imageId: string, id: string, signal: AbortSignal): Promise<void> {
    return this.tag(imageId, TAKEN, id, signal);
  }

  /**
   * Removes the snapshot. While containers need the image, it stays under another name: without one, it would not be
   * found when the last of them is removed, and with `force`, engines would remove it from stopped containers.
   */
  async remove(id: string, signal: AbortSignal): Promise<void> {
    const name = `${TAKEN}:${this.tagOf(id)}`;
    try {
      await this.tag(name, REMOVED, id, signal);
      await this.removeImage(name, signal);
    } catch (error) {
      if (!isAbsent(error)) throw error;
    }
    await this.removeUnneeded(id, signal);
    await this.sweep(id, signal);
  }

  /** Removes the image of a removed snapshot, unless containers need it. */
  async removeUnneeded(id: string, signal: AbortSignal): Promise<void> {
    if (isUuid(id)) await this.removeImage(`${REMOVED}:${this.tagOf(id)}`, signal);
  }

  /** Does nothing if the image is gone or needed. */
  async removeImage(nameOrId: string, signal: AbortSignal): Promise<void> {
    try {
      await this.engine.ask((options, docker) => docker.getImage(nameOrId).remove(options), signal);
    } catch (error) {
      const { status } = faultOf(error);
      if (error instanceof DriverError || (status !== 404 && status !== 409)) throw error;
    }
  }

  /**
   * Removes what crashes have left: images without a tag, of this snapshot or old, and images of removed snapshots that
   * containers no longer need.
   */
  private async sweep(id: string, signal: AbortSignal): Promise<void> {
    const oldest = Date.now() - ABANDONED_AFTER_MS;
    for (const { Id, Labels, Created } of await this.list({ dangling: ['true'] }, signal))
      if (Labels[LABEL.snapshotId] === id || Created * 1000 < oldest) await this.removeImage(Id, signal);
    for (const { Labels } of await this.list({ reference: [REMOVED] }, signal))
      await this.removeUnneeded(Labels[LABEL.snapshotId] ?? '', signal);
  }

  private list(filters: Readonly<Record<string, string[]>>, signal: AbortSignal): Promise<StoredImage[]> {
    const label = [`${LABEL.snapshotDeployment}=${this.deployment}`];
    return this.engine.ask(
      (options, docker) => docker.listImages({ ...options, filters: { ...filters, label } }),
      signal,
    );
  }

  private async tag(image: string, repo: string, id: string, signal: AbortSignal): Promise<void> {
    const tag = this.tagOf(id);
    await this.engine.ask((options, docker) => docker.getImage(image).tag({ ...options, repo, tag }), signal);
  }

  private descriptionOf(image: ImageInfo | undefined): Description | undefined {
    const about = parseDescription(image?.Config?.Labels?.[LABEL.snapshot]);
    return about?.deployment === this.deployment ? about : undefined;
  }

  private tagOf(id: string): string {
    if (!isUuid(id)) throw refused('The id of the snapshot is not a UUID');
    return `${id}.${this.deployment}`;
  }
}

function ownSize({ Size }: ImageInfo, original: OriginalImage): number | null {
  return Size === undefined ? null : Math.max(0, Size - original.sizeBytes);
}
