import type { Duplex } from 'node:stream';
import { abortOnTimeout } from '../../../platform/async/timeout';
import { DriverError } from '../../port/driver-call';
import type { InstanceDirectory, UnixUser } from '../files/instance-directory';
import { RotatingLog } from '../files/rotating-log';
import { QmpUnreachableError } from '../qmp/qmp.client';
import { QemuMonitor } from '../qmp/qemu.monitor';
import { acceptFrom } from './console-listener';
import { SerialConsole } from './serial-console';

const CONNECT_MS = 8000;

/**
 * The serial consoles that sessions of this process use. QEMU connects a serial port to one peer: without sessions, that
 * is its ring buffer, which holds output while the service is down; with sessions, it is this process, which saves the
 * output itself.
 */
export class SerialConsoles {
  private readonly consoles = new Map<string, Promise<SerialConsole>>();

  constructor(
    private readonly consoleBytes: number,
    private readonly owner: UnixUser | undefined,
  ) {}

  /** @throws {DriverError} if the machine is not running, or another process serves its sessions */
  async connect(directory: InstanceDirectory, signal: AbortSignal): Promise<Duplex> {
    for (;;) {
      const console = await this.consoleOf(directory);
      const session = console.join(signal);
      if (session) return session;
      // Its last session has just left.
      await console.ended;
    }
  }

  /** Resolves when the output of a machine that has ended is saved. */
  async settled({ id }: InstanceDirectory): Promise<void> {
    const console = await this.consoles.get(id)?.catch(() => undefined);
    await console?.ended;
  }

  private consoleOf(directory: InstanceDirectory): Promise<SerialConsole> {
    const { id } = directory;
    const known = this.consoles.get(id);
    if (known) return known;
    const opening = this.open(directory);
    this.consoles.set(id, opening);
    const forget = (): boolean => this.consoles.delete(id);
    void opening.then((console) => console.ended).then(forget, forget);
    return opening;
  }

  private async open(directory: InstanceDirectory): Promise<SerialConsole> {
    const monitor = new QemuMonitor(directory);
    const log = new RotatingLog(directory, this.consoleBytes);
    const console = { into: log, consoleBytes: this.consoleBytes };
    try {
      const port = await abortOnTimeout({ timeoutMs: CONNECT_MS }, (signal) =>
        acceptFrom(directory, this.owner, () => monitor.connectConsole(console, signal), signal),
      );
      return new SerialConsole({
        port,
        save: (chunk) => log.append(chunk),
        disconnect: (ended) =>
          abortOnTimeout({ timeoutMs: CONNECT_MS }, (signal) =>
            monitor.disconnectConsole(this.consoleBytes, ended, signal),
          ),
      });
    } catch (error) {
      if (!(error instanceof QmpUnreachableError)) throw error;
      throw new DriverError('The virtual machine is not running', { retryable: false, cause: error });
    }
  }
}
