import { Logger } from '@nestjs/common';
import type Docker from 'dockerode';
import { isLeaseLost, type DriverCall, type InstanceSpec } from '../../port/driver-call';
import type { Resources } from '../../port/resources';
import { noGpus, toLimits } from '../containers/docker.container';
import type { DockerContainers } from '../containers/docker.containers';
import { toUsage, type Reading } from '../docker.usage';
import type { DockerEngine } from '../engine/docker.engine';
import { refused } from '../engine/docker.errors';

/** Time for giving a container its former limits back. */
const UNDO_MS = 5000;
const GB = 1024 ** 3;

interface ContainerResize {
  readonly engine: DockerEngine;
  readonly containers: DockerContainers;
  readonly call: DriverCall;
  readonly to: InstanceSpec['flavor'];
}

/** Changes the limits of a container, running or not. Only new containers get a disk limit. */
export async function resizeContainer({ engine, containers, call, to }: ContainerResize): Promise<void> {
  const { instance, signal } = call;
  const facts = await engine.facts(signal);
  if (facts.product === 'podman') throw refused('This version of Podman cannot resize containers');
  if (to.gpus > 0) throw noGpus();
  if (facts.mayLimitDisk && to.diskGB !== instance.flavor.diskGB) {
    throw refused('The disk of a container cannot be resized: choose a flavor with the same diskGB');
  }
  const found = await containers.containerOf(instance, signal);
  const update = (size: Resources, ask: AbortSignal): Promise<unknown> =>
    engine.ask((options) => found.update({ ...options, ...toLimits(size, facts) }), ask);
  if (to.ramGB < instance.flavor.ramGB)
    await assertFits({ engine, container: found, ramGB: to.ramGB, signal });
  try {
    await update(to, signal);
  } catch (error) {
    // Another process may have given it the new size.
    if (isLeaseLost(signal)) throw error;
    // The engine may have set some of the limits before it failed.
    await update(instance.flavor, AbortSignal.timeout(UNDO_MS)).catch((err: unknown) => {
      new Logger('DockerDriver').warn(
        { err, instanceId: instance.id, tenantId: instance.tenantId },
        'failed to restore the limits after a failed resize',
      );
    });
    throw error;
  }
}

interface MemoryCheck {
  readonly engine: DockerEngine;
  readonly container: Docker.Container;
  readonly ramGB: number;
  readonly signal: AbortSignal;
}

/** Engines kill programs of a container that uses more memory than its new limit. */
async function assertFits({ engine, container, ramGB, signal }: MemoryCheck): Promise<void> {
  const reading: Reading = await engine.ask(
    (options) => container.stats({ ...options, stream: false, 'one-shot': true }),
    signal,
  );
  // Null if the container is stopped.
  const { memory } = toUsage(reading, reading);
  if (memory && memory.usedBytes > ramGB * GB) {
    const used = (memory.usedBytes / GB).toFixed(1);
    throw refused(`The container uses ${used} GB of memory, more than the flavor has`);
  }
}
