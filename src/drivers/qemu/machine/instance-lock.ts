import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import type { Clock } from '../../../platform/async/clock';
import { DriverError } from '../../port/driver-call';
import { codeOf } from '../qemu.errors';

const LOOK_AGAIN_MS = 50;
/** An aborted operation releases the lock within 5 s. */
const WAIT_MS = 10_000;

/**
 * Serializes changes to a machine across all processes of the host. A lock is an abstract Unix socket, which the kernel
 * removes when its process ends, so locks are never stale. Replicas in separate network namespaces do not see each
 * other's locks; QEMU's own locks on the disk and pid file still prevent a second QEMU process.
 */
export class InstanceLock {
  private readonly prefix: string;

  constructor(
    root: string,
    private readonly clock: Clock,
  ) {
    this.prefix = `\0uim-qemu.${createHash('sha256').update(root).digest('hex').slice(0, 16)}`;
  }

  /** @throws {DriverError} if the lock is not free within `WAIT_MS` */
  async hold<T>(id: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    for (let waited = 0; waited < WAIT_MS; waited += LOOK_AGAIN_MS) {
      signal.throwIfAborted();
      const held = await this.tryHold(id, work);
      if (held) return held.result;
      await this.clock.wait(LOOK_AGAIN_MS, signal);
    }
    throw new DriverError('The virtual machine is being changed by another call', { retryable: true });
  }

  /** Returns undefined without calling `work` if the lock is taken. */
  async tryHold<T>(id: string, work: () => Promise<T>): Promise<{ readonly result: T } | undefined> {
    const server = await listen(`${this.prefix}.${id}`);
    if (!server) return undefined;
    try {
      return { result: await work() };
    } finally {
      server.close();
    }
  }
}

function listen(path: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy()).unref();
    server.once('error', (error) => {
      if (codeOf(error) === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(path, () => resolve(server));
  });
}
