import { DriverError, type DriverCall } from '../compute-driver.port';
import { copyEfiVariables, giveTo, writeDisk, writeSeed, type BlankDisks } from './disk';
import type { ImageFiles } from './image-files';
import type { InstanceDirectory } from './instance-directory';
import type { InstanceState } from './instance-state';
import type { QemuHost } from './machine';
import { seedImage } from './seed';

export interface Making {
  readonly host: QemuHost;
  readonly images: ImageFiles;
  readonly blanks: BlankDisks;
  readonly directory: InstanceDirectory;
  readonly call: DriverCall;
}

/** Makes directory and disks. What an earlier attempt left half-made is thrown away; no guest ever ran on it. */
export async function makeMachine({ host, images, blanks, directory, call }: Making): Promise<InstanceState> {
  const { instance, signal, progress } = call;
  if (instance.flavor.gpus > 0) {
    throw new DriverError('Virtual machines have no graphics processors here', { retryable: false });
  }
  progress('checking the image');
  const image = await images.ready(instance, signal);
  const seed = seedImage(instance, image.defaultUser);
  progress('making the disk');
  const { backing, backingBytes } = image;
  const blank = await blanks.get({ backing, backingBytes, diskGB: instance.flavor.diskGB }, signal);
  const state: InstanceState = {
    ...{ v: 1, deployment: host.deployment, tenantId: instance.tenantId },
    ...{ isMade: false, isWanted: true, boot: image.boot, ports: [], ended: null },
  };
  signal.throwIfAborted();
  await directory.remove();
  await directory.make(state, { isShared: host.owner !== undefined });
  await Promise.all([writeDisk(directory, blank), writeSeed(directory, seed)]);
  if (image.efiVariables !== null) await copyEfiVariables(directory, image.efiVariables);
  await directory.syncDisks();
  await giveTo(host.owner, directory, image.efiVariables !== null);
  const made = { ...state, isMade: true };
  await directory.writeState(made);
  return made;
}
