import type { MountSettings } from 'dockerode';
import type { DockerConfig } from '../../config';
import type { InstanceSpec } from '../compute-driver.port';
import { LABEL } from './docker.container';
import type { DockerEngine } from './docker.engine';
import { refused, toDriverError } from './docker.errors';
import { mappedName } from './docker.networks';

/**
 * The volumes of an instance as those of the engine, at /volumes/<id>. The engine would make what is missing; so
 * each is looked up before, and must be marked as the tenant's.
 * @throws {DriverError} where one is not there, or is not the tenant's.
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
      .find((options) => engine.docker.getVolume(name).inspect(options), signal)
      .catch((error: unknown) => {
        throw toDriverError('look up a volume', error);
      });
    if (labelOf(found?.Labels) !== instance.tenantId) {
      throw refused(`The engine has no volume ${name} that belongs to the tenant`);
    }
    mounts.push({ Type: 'volume', Source: name, Target: `/volumes/${id}` });
  }
  return mounts;
}

/** Null where there is none, whatever the types say. */
function labelOf(labels: Readonly<Record<string, string>> | null | undefined): string | undefined {
  return labels?.[LABEL.tenantId];
}
