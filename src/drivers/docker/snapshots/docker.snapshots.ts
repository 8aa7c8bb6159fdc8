import { Logger } from '@nestjs/common';
import type { ContainerInspectInfo } from 'dockerode';
import type { Clock } from '../../../platform/async/clock';
import { isLeaseLost, UNDO_BUDGET_MS, type DriverCall, type DriverResult } from '../../port/driver-call';
import type { FromSnapshot, NewSnapshot, SnapshotRef, Snapshots, TakenSnapshot } from '../../port/snapshots';
import { noGpus } from '../containers/docker.container';
import type { ContainerSource } from '../containers/docker.container-maker';
import type { DockerContainers } from '../containers/docker.containers';
import type { DockerLifecycle } from '../containers/docker.lifecycle';
import { MOUNTED_UNDER } from '../docker.volumes';
import type { DockerEngine, Doing } from '../engine/docker.engine';
import { refused } from '../engine/docker.errors';
import { SETTLE_MS, settled } from '../engine/settled';
import { lookUpImage } from '../images/docker.image-info';
import { commitContainer } from './docker.commit';
import { noSnapshot, type DockerSnapshotImages, type SnapshotImage } from './docker.snapshot-images';

const HANDLE = { v: 1, data: {} };
const UNDO_MS = UNDO_BUDGET_MS - SETTLE_MS;
const LOOK_EVERY_MS = 200;
/** How long the engine may still be busy with an interrupted attempt. */
const EARLIER_ATTEMPT_MS = 60_000;

interface Around {
  readonly engine: DockerEngine;
  readonly containers: DockerContainers;
  readonly lifecycle: DockerLifecycle;
  readonly images: DockerSnapshotImages;
  readonly clock: Clock;
  readonly doing: Doing;
  /** Of a call that leaves the container running. */
  readonly resultOf: (call: DriverCall) => Promise<DriverResult>;
}

/**
 * Takes snapshots of containers: images with the files that they have changed. The engine pauses a container meanwhile.
 * Volumes and memory are not in them.
 */
export class DockerSnapshots implements Snapshots {
  constructor(private readonly around: Around) {}

  whyNotQuiesced(): string {
    return 'containers have no guest agent';
  }

  take(call: DriverCall, snapshot: NewSnapshot): Promise<TakenSnapshot> {
    return this.around.doing('take a snapshot of the container', async () => {
      if (snapshot.isQuiesced) throw refused('Containers cannot be quiesced: they have no guest agent');
      if (snapshot.includesMemory) throw refused('Snapshots of containers cannot contain memory');
      const { images, containers } = this.around;
      const [found, earlier] = await Promise.all([
        containers.detailsOf(call.instance, call.signal),
        images.find(snapshot, call.signal),
      ]);
      const isFrozen = found.State.Paused && !snapshot.isPaused;
      if (isFrozen) await this.unfreeze(call, { afterMs: earlier ? 0 : EARLIER_ATTEMPT_MS });
      const { sizeBytes } = earlier ?? (await this.taken(call, snapshot, found));
      return { handle: HANDLE, sizeBytes };
    });
  }

  abandon(call: DriverCall, snapshot: Parameters<Snapshots['abandon']>[1]): Promise<void> {
    return this.around.doing('undo a snapshot of the container', async () => {
      const found = await this.around.containers.find(call.instance, call.signal);
      if (found?.State.Paused === true && !snapshot.isPaused) await this.unfreeze(call, { afterMs: 0 });
      await this.around.images.remove(snapshot.id, call.signal);
    });
  }

  check(call: DriverCall, snapshot: SnapshotRef): Promise<void> {
    return this.around.doing('find the snapshot', async () => {
      await this.imageFor(call, snapshot);
    });
  }

  restore(call: DriverCall, snapshot: SnapshotRef, options: FromSnapshot): Promise<DriverResult> {
    return this.around.doing('restore the container', async () => {
      assertBoots(options);
      await this.around.lifecycle.replace(call, sourceOf(await this.imageFor(call, snapshot)));
      return { handle: HANDLE };
    });
  }

  create(call: DriverCall, snapshot: SnapshotRef, options: FromSnapshot): Promise<DriverResult> {
    return this.around.doing('create the container', async () => {
      assertBoots(options);
      await this.around.lifecycle.createFrom(call, sourceOf(await this.imageFor(call, snapshot)));
      return this.around.resultOf(call);
    });
  }

  remove(snapshot: SnapshotRef, signal: AbortSignal): Promise<void> {
    return this.around.doing('remove the snapshot', () => this.around.images.remove(snapshot.id, signal));
  }

  private async taken(
    call: DriverCall,
    snapshot: NewSnapshot,
    { Id: containerId, Image, Mounts }: ContainerInspectInfo,
  ): Promise<Pick<TakenSnapshot, 'sizeBytes'>> {
    const { engine, images } = this.around;
    const { signal } = call;
    assertComplete(Mounts);
    const base = await lookUpImage(engine, Image, signal);
    if (!base) throw refused('The container engine no longer has the image of the container');
    const original = images.originalOf(base);
    const labels = images.labels(snapshot, original);
    const discard = images.removeImage.bind(images);
    const imageId = await commitContainer({ engine, containerId, labels, signal, discard });
    try {
      const [sizeBytes] = await Promise.all([
        images.sizeOf(imageId, original, signal),
        images.publish(imageId, snapshot.id, settled(signal)),
      ]);
      return { sizeBytes };
    } catch (error) {
      await this.undo(call, snapshot);
      throw error;
    }
  }

  private async undo({ signal: aborted, instance }: DriverCall, { id }: NewSnapshot): Promise<void> {
    if (isLeaseLost(aborted)) return;
    try {
      await this.around.images.remove(id, AbortSignal.timeout(UNDO_MS));
    } catch (error) {
      new Logger('DockerDriver').warn(
        { err: error, instanceId: instance.id, tenantId: instance.tenantId, snapshotId: id },
        'failed to remove a snapshot after an aborted or failed call',
      );
    }
  }

  /** Resumes a container that an interrupted attempt has paused, after the engine had this long to do it. */
  private async unfreeze(call: DriverCall, { afterMs }: { readonly afterMs: number }): Promise<void> {
    const { containers, lifecycle, clock } = this.around;
    for (let waited = 0; waited < afterMs; waited += LOOK_EVERY_MS) {
      const { State } = await containers.detailsOf(call.instance, call.signal);
      if (!State.Paused) return;
      await clock.wait(LOOK_EVERY_MS, call.signal);
    }
    await lifecycle.setPaused(call, false);
  }

  private imageFor({ instance, signal }: DriverCall, snapshot: SnapshotRef): Promise<SnapshotImage> {
    if (instance.flavor.gpus > 0) throw noGpus();
    if (instance.tenantId !== snapshot.tenantId) throw noSnapshot();
    return this.around.images.get(snapshot, signal);
  }
}

function sourceOf({ id: image, original, copiedNames }: SnapshotImage): ContainerSource {
  return {
    resolve: () => Promise.resolve({ image, copied: { original, copiedNames } }),
    fetch: () => Promise.reject(noSnapshot()),
  };
}

function assertBoots({ resumesMemory }: FromSnapshot): void {
  if (resumesMemory) throw refused('Snapshots of containers contain no memory');
}

/** The volumes of the Storage service are not part of an instance; those that an image declares are, but not of a snapshot. */
function assertComplete(mounts: ContainerInspectInfo['Mounts']): void {
  const paths = mounts
    .map(({ Destination }) => Destination)
    .filter((path) => !path.startsWith(`${MOUNTED_UNDER}/`));
  if (paths.length > 0)
    throw refused(
      `A snapshot would not contain the data in ${paths.slice(0, 3).join(', ')}, which the image keeps in volumes of the engine`,
    );
}
