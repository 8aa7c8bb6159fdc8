import { raceAbort } from '../../../platform/async/timeout';
import { DriverError, type InstanceSpec } from '../../port/driver-call';
import type { InstanceState, LaunchSpec } from '../machine/instance-state';
import type { QemuHost } from '../qemu.host';

const WITHOUT_MEMORY = 'Restore the snapshot again without its memory';

/** What to start a machine with: as its memory requires, or by its flavor. */
export async function launchSpecOf(
  { config, accelerator }: Pick<QemuHost, 'config' | 'accelerator'>,
  { resumes, hasAgent }: Pick<InstanceState, 'resumes' | 'hasAgent'>,
  { flavor, image }: Pick<InstanceSpec, 'flavor' | 'image'>,
  signal: AbortSignal,
): Promise<LaunchSpec> {
  const isBridged = config.network.kind === 'bridge';
  if (resumes) {
    const reason = whyNotResumable(resumes, flavor, isBridged);
    if (reason === undefined) return resumes;
    throw new DriverError(`${reason}. ${WITHOUT_MEMORY}`, { retryable: false });
  }
  const { vcpus, ramGB } = flavor;
  return {
    ...{ machine: 'q35', vcpus, ramGB, hotplug: config.hotplug, isBridged },
    accelerator: (await raceAbort(accelerator.get(), signal)).accelerator,
    // The catalog may no longer have the image.
    hasAgent: image === null || image.kind === 'name' ? hasAgent : image.guestAgent,
  };
}

/** Why a machine of this flavor cannot continue from memory that needs `memory`; undefined if it can. */
export function whyNotResumable(
  memory: LaunchSpec,
  { vcpus, ramGB }: Pick<InstanceSpec['flavor'], 'vcpus' | 'ramGB'>,
  isBridged: boolean,
): string | undefined {
  if (memory.vcpus !== vcpus || memory.ramGB !== ramGB) {
    return `The memory of the snapshot needs a flavor with ${memory.vcpus} vCPUs and ${memory.ramGB} GB of memory`;
  }
  if (memory.isBridged !== isBridged) {
    return 'The memory of the snapshot needs the kind of network that QEMU_NETWORK had when it was taken';
  }
  return undefined;
}
