import { stat } from 'node:fs/promises';
import type { Clock } from '../../../platform/async/clock';
import { FairSemaphore, QueueFullError } from '../../../platform/async/fair-semaphore';
import { DriverError, type DriverHandle } from '../../port/driver-call';
import type { InstanceDirectory } from '../files/instance-directory';
import type { InstanceLock } from '../machine/instance-lock';
import { codeOf, isNoEntry } from '../qemu.errors';
import { QmpUnreachableError } from '../qmp/qmp.client';
import { QemuMonitor, type AgentPort } from '../qmp/qemu.monitor';
import { AgentConnection } from './agent.connection';
import { AgentUnreachableError } from './agent.errors';
import { GuestAgent } from './guest-agent';

/** The agent of a guest that boots, or is emulated on a busy host, needs several seconds to answer. */
const SYNC_MS = 20_000;
const TURN_MS = 60_000;
const LOOK_AGAIN_MS = 50;
const NOT_LISTENING =
  'No agent runs in the guest. Install qemu-guest-agent in the guest, or try again when it has booted';
const NO_PORT =
  "its image does not declare QEMU's guest agent (guestAgent), or it was started before the image did: rebuild it, or stop and start it";
const MAX_AT_ONCE = 1000;
const MAX_WAITING = 4000;

/**
 * The agents of the guests on this host. An agent serves one client at a time, so processes of the service take turns
 * for each machine: by a lock, and if they do not see each other's locks, because QEMU accepts one connection at a time.
 */
export class GuestAgents {
  /** The groups are machines. */
  private readonly turns = new FairSemaphore({ atOnce: MAX_AT_ONCE, ofGroup: 1, mayWait: MAX_WAITING });

  constructor(
    private readonly lock: InstanceLock,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes sure that the agent of a guest responds.
   * @throws {AgentUnreachableError} if not; {DriverError} if the machine has no agent or does not run
   */
  async assertResponds(directory: InstanceDirectory, hasAgent: boolean, signal: AbortSignal): Promise<void> {
    if (!hasAgent) throw withoutPort();
    await this.inTurn(directory, signal, async () => {
      // Connecting to an agent that does not listen would take `SYNC_MS`.
      const port = await portOf(directory, signal);
      // An earlier version of the driver may have started the machine after this one had stored `hasAgent`.
      if (port === 'absent') throw withoutPort();
      if (port === 'closed') throw new AgentUnreachableError(NOT_LISTENING);
      await connected(directory, signal, () => Promise.resolve());
    });
  }

  /**
   * Connects to the agent. It is not available to others until `work` ends, so keep that short.
   * @throws {AgentUnreachableError | AgentRefusedError | DriverError}
   */
  async use<T>(
    directory: InstanceDirectory,
    signal: AbortSignal,
    work: (agent: GuestAgent) => Promise<T>,
  ): Promise<T> {
    return this.inTurn(directory, signal, () => connected(directory, signal, work));
  }

  /** Identifies the run of a machine by its socket, which each start of QEMU creates again; null without one. */
  async runOf(directory: InstanceDirectory): Promise<string | null> {
    try {
      const { ino, mtimeNs } = await stat(directory.file('agent'), { bigint: true });
      return `${ino} ${mtimeNs}`;
    } catch (error) {
      if (isNoEntry(error)) return null;
      throw error;
    }
  }

  private async inTurn<T>(
    { id }: InstanceDirectory,
    signal: AbortSignal,
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      return await this.turns.run(id, signal, () => this.locked(id, signal, work));
    } catch (error) {
      if (!(error instanceof QueueFullError)) throw error;
      throw new DriverError('Too many requests wait for guest agents', { retryable: true, cause: error });
    }
  }

  private async locked<T>(id: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    for (const end = this.clock.now() + TURN_MS; this.clock.now() < end;) {
      const held = await this.lock.tryHold(`${id}.agent`, work);
      if (held) return held.result;
      await this.clock.wait(LOOK_AGAIN_MS, signal);
    }
    throw new DriverError('Another process of the service uses the guest agent', { retryable: true });
  }
}

async function connected<T>(
  directory: InstanceDirectory,
  signal: AbortSignal,
  work: (agent: GuestAgent) => Promise<T>,
): Promise<T> {
  const connection = await directory.withSocket('agent', (path) =>
    AgentConnection.open(path, SYNC_MS, signal),
  );
  try {
    return await work(new GuestAgent(connection));
  } finally {
    connection.close();
  }
}

/** @throws {DriverError} if the machine does not run */
async function portOf(directory: InstanceDirectory, signal: AbortSignal): Promise<AgentPort> {
  try {
    return await new QemuMonitor(directory).agentPort(signal);
  } catch (error) {
    const code = error instanceof QmpUnreachableError ? codeOf(error.cause) : undefined;
    if (code !== 'ENOENT' && code !== 'ECONNREFUSED') throw error;
    throw new DriverError('The virtual machine is not running', { retryable: false, cause: error });
  }
}

function withoutPort(): DriverError {
  return new DriverError(`Commands cannot be run in this machine: ${NO_PORT}`, { retryable: false });
}

/** Part of the handle of a machine with a port for the agent. */
export const WITH_AGENT = { agent: true } as const;

/** Why commands cannot be run in a machine, given its handle. */
export function whyNoAgent(handle: DriverHandle | null): string | undefined {
  return handle?.data['agent'] === true ? undefined : NO_PORT;
}
