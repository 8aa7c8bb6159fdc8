import type { Clock } from '../../../platform/async/clock';
import { FairSemaphore, QueueFullError } from '../../../platform/async/fair-semaphore';
import { DriverError, type DriverHandle } from '../../port/driver-call';
import type { InstanceDirectory } from '../files/instance-directory';
import type { InstanceLock } from '../machine/instance-lock';
import { codeOf } from '../qemu.errors';
import { QmpUnreachableError } from '../qmp/qmp.client';
import { QemuMonitor } from '../qmp/qemu.monitor';
import { AgentConnection } from './agent.connection';
import { AgentUnreachableError } from './agent.errors';
import { GuestAgent } from './guest-agent';

const SYNC_MS = 5000;
const TURN_MS = 60_000;
const LOOK_AGAIN_MS = 50;
const NOT_LISTENING =
  'No agent runs in the guest: the package qemu-guest-agent must be installed there, and the agent starts while the guest boots';

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
    if (!hasAgent)
      throw new DriverError(`Commands cannot be run in this machine: ${NO_PORT}`, { retryable: false });
    await this.inTurn(directory, signal, async () => {
      // It tells at once what would otherwise take `SYNC_MS`.
      if (!(await isListening(directory, signal))) throw new AgentUnreachableError(NOT_LISTENING);
      await connected(directory, signal, () => Promise.resolve());
    });
  }

  /**
   * Connects to the agent. Nobody else uses it until `work` ends, so keep that short.
   * @throws {AgentUnreachableError | AgentRefusedError | DriverError}
   */
  async use<T>(
    directory: InstanceDirectory,
    signal: AbortSignal,
    work: (agent: GuestAgent) => Promise<T>,
  ): Promise<T> {
    return this.inTurn(directory, signal, () => connected(directory, signal, work));
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
async function isListening(directory: InstanceDirectory, signal: AbortSignal): Promise<boolean> {
  try {
    return await new QemuMonitor(directory).isAgentListening(signal);
  } catch (error) {
    const code = error instanceof QmpUnreachableError ? codeOf(error.cause) : undefined;
    if (code !== 'ENOENT' && code !== 'ECONNREFUSED') throw error;
    throw new DriverError('The virtual machine is not running', { retryable: false, cause: error });
  }
}

/** Part of the handle of a machine with a port for the agent. */
export const WITH_AGENT = { agent: true } as const;

/** Why commands cannot be run in a machine, given its handle. */
export function whyNoAgent(handle: DriverHandle | null): string | undefined {
  return handle?.data['agent'] === true ? undefined : NO_PORT;
}
