import type { MountSettings } from 'dockerode';
import type { DockerConfig } from './docker.config';
import type { InstanceSpec } from '../port/driver-call';
import { LABEL } from './docker.labels';
import type { DockerEngine } from './engine/docker.engine';
import { refused, toDriverError } from './engine/docker.errors';
import { mappedName } from './docker.networks';

export const MOUNTED_UNDER = '/volumes';

/**
 * Mounts of the instance's volumes at /volumes/<id>. The engine would create missing volumes, so each is looked up
 * first and must have the tenant's label.
 * @throws {DriverError} if a volume does not exist or does not belong to the tenant.
 */
export async function mountsOf(
  instance: InstanceSpec,
  engine: DockerEngine,
  config: DockerConfig,
  signal: AbortSignal,
): Promise<MountSettings[]> {
  if (config.volumeName === '') return [];
  const mounts: MountSettings[] = [];
  for (const id of instance.volumeIds) {
    const name = mappedName(config.volumeName, id, 'volume');
    const found = await engine
      .find((options, docker) => docker.getVolume(name).inspect(options), signal)
      .catch((error: unknown) => {
        throw toDriverError('look up a volume', error);
      });
    if (labelOf(found?.Labels) !== instance.tenantId) {
      throw refused(`Volume ${name} of the tenant does not exist at the engine`);
    }
    mounts.push({ Type: 'volume', Source: name, Target: `${MOUNTED_UNDER}/${id}` });
  }
  return mounts;
}

/** Engines send null for no labels, although dockerode's types exclude it. */
function labelOf(labels: Readonly<Record<string, string>> | null | undefined): string | undefined {
  return labels?.[LABEL.tenantId];
}
