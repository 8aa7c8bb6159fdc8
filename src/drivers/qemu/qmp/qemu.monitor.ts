import { isRecord } from '../../../platform/values/records';
import { raceAbort } from '../../../platform/async/timeout';
import { CONSOLE_SOCKET, type InstanceDirectory } from '../files/instance-directory';
import type { Resources } from '../../port/resources';
import { AGENT, DISK } from '../machine/qemu.arguments';
import { consoleBackend, drainConsole, useRing, useSocket } from './console-chardev';
import { growMachine } from './hotplug';
import { withQmp, type QmpExecute } from './qmp.client';
import type { RotatingLog } from '../files/rotating-log';

const TIMEOUT_MS = 4000;

/** State of the port: missing, or whether a program in the guest, normally the agent, has opened it. */
export type AgentPort = 'absent' | 'closed' | 'open';

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
  async drainConsole(into: RotatingLog, consoleBytes: number, signal: AbortSignal): Promise<void> {
    await this.talk(signal, (execute) => drainConsole(execute, into, consoleBytes));
  }

  /**
   * Makes QEMU connect the serial port to the `CONSOLE_SOCKET` of the machine, after saving the output so far.
   * @throws {DriverError} if it is connected to another process
   */
  async connectConsole(
    console: { readonly into: RotatingLog; readonly consoleBytes: number },
    signal: AbortSignal,
  ): Promise<void> {
    await this.talk(signal, (execute) => useSocket(execute, `../${CONSOLE_SOCKET}`, console));
  }

  /**
   * Connects the serial port to a ring buffer again, unless the process has been replaced meanwhile. The QMP session
   * stays open until all output from the socket is saved, so that nobody saves later output before.
   * @param saved resolves after the socket has ended
   */
  async disconnectConsole(consoleBytes: number, saved: Promise<void>, signal: AbortSignal): Promise<void> {
    await this.talk(signal, async (execute) => {
      if ((await consoleBackend(execute)) !== 'socket') return;
      await useRing(execute, consoleBytes);
      await raceAbort(saved, signal);
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

  agentPort(signal: AbortSignal): Promise<AgentPort> {
    return this.talk(signal, async (execute) => {
      const answer = await execute('query-chardev');
      const devices: readonly unknown[] = Array.isArray(answer) ? answer : [];
      const port = devices.filter(isRecord).find((each) => each['label'] === AGENT);
      if (!port) return 'absent';
      return port['frontend-open'] === true ? 'open' : 'closed';
    });
  }

  /** The connections of QEMU's user-mode network, as a table. */
  connections(signal: AbortSignal): Promise<string> {
    return this.talk(signal, async (execute) => {
      const answer = await execute('human-monitor-command', { 'command-line': 'info usernet' });
      return typeof answer === 'string' ? answer : '';
    });
  }

  /** Several commands that no other client of the monitor comes between. */
  talk<T>(signal: AbortSignal, work: (execute: QmpExecute) => Promise<T>): Promise<T> {
    const options = { signal, timeoutMs: this.timeoutMs };
    return this.directory.withSocket('qmp', (path) => withQmp(path, options, work));
  }
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
