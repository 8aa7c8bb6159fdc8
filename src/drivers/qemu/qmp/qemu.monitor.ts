import { isRecord } from '../../../platform/values/records';
import type { InstanceDirectory } from '../files/instance-directory';
import type { Resources } from '../../port/resources';
import { CONSOLE, DISK } from '../machine/qemu.arguments';
import { growMachine } from './hotplug';
import { withQmp, type QmpExecute } from './qmp.client';
import type { RotatingLog } from '../files/rotating-log';

const TIMEOUT_MS = 4000;
const CHUNK_BYTES = 65_536;

/** Queries and commands for a running machine. Each opens its own short QMP session. */
export class QemuMonitor {
  constructor(
    private readonly directory: InstanceDirectory,
    private readonly timeoutMs: number = TIMEOUT_MS,
  ) {}

  /** QEMU's run state: running, shutdown, paused, io-error, … */
  status(signal: AbortSignal): Promise<string> {
    return this.talk(signal, async (execute) => {
      const answer = await execute('query-status');
      return isRecord(answer) && typeof answer['status'] === 'string' ? answer['status'] : 'unknown';
    });
  }

  /** Resolves once the button is pressed; does not wait for the guest to react. */
  async pressPowerButton(signal: AbortSignal): Promise<void> {
    await this.talk(signal, (execute) => execute('system_powerdown'));
  }

  /** Freezes the guest. */
  async pause(signal: AbortSignal): Promise<void> {
    await this.talk(signal, (execute) => execute('stop'));
  }

  async resume(signal: AbortSignal): Promise<void> {
    await this.talk(signal, (execute) => execute('cont'));
  }

  async quit(signal: AbortSignal): Promise<void> {
    await this.talk(signal, (execute) => execute('quit'));
  }

  /**
   * Appends new console output to a file. Reading removes output from QEMU's ring buffer, so it is saved before the
   * QMP session ends and another client can read.
   */
  async drainConsole(into: RotatingLog, ringBytes: number, signal: AbortSignal): Promise<void> {
    await this.talk(signal, async (execute) => {
      // Bounded, because a guest may print faster than this reads.
      for (let taken = 0; taken <= ringBytes; taken += CHUNK_BYTES) {
        const bytes = await readRing(execute);
        if (bytes.length === 0) return;
        await into.append(bytes);
      }
    });
  }

  /** Adds processors, memory and disk space to the running machine. @throws {RestartRequiredError} */
  grow(to: Resources, signal: AbortSignal): Promise<void> {
    return this.talk(signal, (execute) => growMachine(execute, to));
  }

  /** Bytes that the guest has read from and written to its disk. */
  diskTraffic(signal: AbortSignal): Promise<{ readBytes: number; writtenBytes: number }> {
    return this.talk(signal, async (execute) => {
      const answer = await execute('query-blockstats');
      const disks: readonly unknown[] = Array.isArray(answer) ? answer : [];
      const disk = disks.filter(isRecord).find((each) => String(each['qdev']).includes(`${DISK}-device`));
      const stats = isRecord(disk?.['stats']) ? disk['stats'] : {};
      return { readBytes: numberOf(stats['rd_bytes']), writtenBytes: numberOf(stats['wr_bytes']) };
    });
  }

  private talk<T>(signal: AbortSignal, work: (execute: QmpExecute) => Promise<T>): Promise<T> {
    const options = { signal, timeoutMs: this.timeoutMs };
    return this.directory.withSocket('qmp', (path) => withQmp(path, options, work));
  }
}

async function readRing(execute: QmpExecute): Promise<Buffer> {
  const answer = await execute('ringbuf-read', { device: CONSOLE, size: CHUNK_BYTES, format: 'base64' });
  return Buffer.from(typeof answer === 'string' ? answer : '', 'base64');
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
