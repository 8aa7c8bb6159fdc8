import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bootId } from '../../../platform/procfs';
import { DriverError, type DriverCall } from '../../port/driver-call';
import type { ReadyImage } from '../disks/image-files';
import type { InstanceDirectory } from '../files/instance-directory';
import type { InstanceState } from './instance-state';
import type { QemuHost } from '../qemu.host';
import { FILES } from './qemu.arguments';
import { cloudInitSeed } from '../disks/cloud-init-seed';

export function noGpus(): DriverError {
  return new DriverError('Virtual machines with GPUs are not supported by this driver', { retryable: false });
}

export interface VmBuild {
  readonly host: QemuHost;
  readonly directory: InstanceDirectory;
  readonly call: DriverCall;
}

/** Whether the machine can be made from the image. @throws {DriverError} if not */
export async function checkImage(
  { images }: QemuHost,
  { instance, signal, progress }: DriverCall,
): Promise<{ readonly image: ReadyImage; readonly seed: Buffer }> {
  progress('checking the image');
  const image = await images.ready(instance, signal);
  return { image, seed: cloudInitSeed(instance, image.defaultUser) };
}

/** Creates the directory with its disks. Discards what an earlier attempt left unfinished. */
export async function buildVm({ host, directory, call }: VmBuild): Promise<InstanceState> {
  const { instance, signal, progress } = call;
  if (instance.flavor.gpus > 0) {
    throw noGpus();
  }
  const { image, seed } = await checkImage(host, call);
  progress('creating the disk');
  const state: InstanceState = {
    ...{ v: 1, deployment: host.deployment, tenantId: instance.tenantId },
    ...{ isWanted: true, boot: image.boot, sources: image.sources, ports: [], ended: null },
    hostBoot: await bootId(),
    ...{ hasAgent: false, resumes: null, growsToGB: null },
  };
  signal.throwIfAborted();
  await directory.remove();
  await directory.make(state, host.owner, async (work) => {
    const { backing, backingBytes, efiVariables } = image;
    const { diskGB } = instance.flavor;
    const blank = await host.blanks.get({ backing, backingBytes, diskGB }, work, signal);
    await Promise.all([
      writeFile(join(work, FILES.disk), blank, { mode: 0o600 }),
      writeFile(join(work, FILES.seed), seed, { mode: 0o600 }),
      ...(efiVariables === null ? [] : [copyFile(efiVariables, join(work, FILES.efiVariables))]),
    ]);
  });
  return state;
}
