import { mkdir, statfs } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import type { QemuConfig } from '../../config';
import type { Capacity, DriverHealth } from '../compute-driver.port';
import { asDriverError } from './failures';
import type { QemuHost } from './machine';
import { runTool } from './run-tool';

const GIB = 1024 ** 3;
const VERSION_MS = 2000;

/** Which QEMU there is and what machines run on, or why none can. */
export async function probeHost(
  { config, accelerator, owner }: QemuHost,
  signal: AbortSignal,
): Promise<DriverHealth> {
  if (config.user !== undefined && !owner) return { isUp: false, detail: `there is no user ${config.user}` };
  try {
    const text = await runTool(config.binary, ['--version'], { signal, timeoutMs: VERSION_MS });
    await runTool(config.imgBinary, ['--version'], { signal, timeoutMs: VERSION_MS });
    const version = /version (\S+)/.exec(text)?.[1] ?? 'of unknown version';
    return { isUp: true, detail: `QEMU ${version}, ${accelerator.describe()}` };
  } catch (error) {
    return { isUp: false, detail: asDriverError(error).message };
  }
}

/** What may be given away: what the host has, times the ratios. */
export async function capacityOf({ dir, overcommit }: QemuConfig): Promise<Capacity> {
  await mkdir(dir, { recursive: true, mode: 0o711 });
  const { blocks, bsize } = await statfs(dir);
  return {
    vcpus: Math.floor(availableParallelism() * overcommit.cpu),
    ramGB: Math.floor((totalmem() / GIB) * overcommit.ram),
    diskGB: Math.floor(((blocks * bsize) / GIB) * overcommit.disk),
    gpus: 0,
  };
}
