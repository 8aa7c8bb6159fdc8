import { DriverError } from '../../port/driver-call';
import type { InstanceDirectory } from '../files/instance-directory';
import type { QemuHost } from '../qemu.host';

interface Quiescing {
  readonly host: Pick<QemuHost, 'agents'>;
  readonly directory: InstanceDirectory;
  readonly hasAgent: boolean;
}

/**
 * Calls `work` while the file systems of the guest are frozen. After an error, they may still be.
 * @param note called before they are
 * @throws {DriverError} if no agent responds, or they are frozen already
 */
export async function whileFrozen<T>(
  { host, directory, hasAgent }: Quiescing,
  note: () => Promise<void>,
  work: () => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  await host.agents.assertResponds(directory, hasAgent, signal);
  return host.agents.use(directory, signal, async (agent) => {
    // By a backup program, which expects them to stay so.
    if (await agent.isFrozen()) throw frozenAlready();
    await note();
    await agent.freeze();
    const result = await work();
    await agent.thaw();
    if (await agent.isFrozen()) throw notThawed();
    return result;
  });
}

/** @throws {DriverError} if the agent does not respond, or does not thaw the file systems */
export async function thaw(
  { agents }: Pick<QemuHost, 'agents'>,
  directory: InstanceDirectory,
  signal: AbortSignal,
): Promise<void> {
  await agents.use(directory, signal, async (agent) => {
    await agent.thaw();
    if (await agent.isFrozen()) throw notThawed();
  });
}

function notThawed(): DriverError {
  return new DriverError('The guest agent does not thaw the file systems', { retryable: true });
}

function frozenAlready(): DriverError {
  return new DriverError(
    'The file systems of the guest are frozen already, maybe by a backup program in it',
    {
      retryable: true,
    },
  );
}
