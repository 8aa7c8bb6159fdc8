import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import type { Command } from 'commander';
import type { ComputeClient, InstanceDetails } from 'uim-compute-client';
import { GuestCommandFailedError, UsageError } from '../failures';
import { findInstance } from '../references';
import { sessionOf, type CommandContext } from '../session';
import { define } from './define';

const SSH_PORT = 22;
/** Neither of them can be taken for an option, and a shell in the user's configuration of ssh finds nothing to run. */
const USER = /^[\w.][\w.@+\\-]*\$?$/;
const ADDRESS = /^[\w.:][\w.:%-]*$/;

interface SshOptions {
  readonly user?: string;
}

export function sshCommand(context: CommandContext): Command {
  const examples = [
    ['ssh web', "Log in as the user of the instance's image"],
    ['ssh web --user root -- uptime', 'Run a command as root'],
    ['ssh web -- -L 8080:localhost:80', 'Pass options to ssh'],
  ] as const;
  return define({ name: 'ssh', summary: 'run ssh for an instance that publishes port 22', examples })
    .argument('<instance>')
    .argument('[arguments...]', 'arguments of ssh after the destination, after --')
    .option('-u, --user <name>', "user to log in as (default: that of the image's `sshKeys`)")
    .action(async (text: string, words: string[], { user }: SshOptions, self: Command) => {
      const { client, signal } = sessionOf(self, context);
      const { id } = await findInstance(client, text, signal);
      const instance = await client.get(id, { signal });
      const { address, hostPort } = publishedPort(instance);
      const login = user ?? (await userOf(client, instance, signal));
      if (login !== undefined && !USER.test(login))
        throw new UsageError(`${login} is not the name of a user`);
      if (!ADDRESS.test(address)) throw new Error(`the service reported an unusable address: ${address}`);
      const destination = login === undefined ? address : `${login}@${address}`;
      await runSsh(['-p', String(hostPort), destination, ...words], signal);
    });
}

function publishedPort({ name, status, ports }: InstanceDetails): InstanceDetails['ports'][number] {
  const found = ports.find(({ port, protocol }) => port === SSH_PORT && protocol === 'tcp');
  if (found) return found;
  throw new Error(
    status === 'running'
      ? `${name} does not publish port ${SSH_PORT}; create it with --port ${SSH_PORT}`
      : `${name} is ${status}; it publishes ports while it runs`,
  );
}

/** The user that gets the SSH keys; undefined leaves the choice to ssh. */
async function userOf(
  client: ComputeClient,
  { imageId }: InstanceDetails,
  signal: AbortSignal,
): Promise<string | undefined> {
  for await (const { id, defaultUser } of client.images({ signal }))
    if (id === imageId) return defaultUser ?? undefined;
  return undefined;
}

/** Without a shell. @throws {GuestCommandFailedError} with the exit code of ssh, which is that of a remote command */
async function runSsh(words: readonly string[], signal: AbortSignal): Promise<void> {
  const child = spawn('ssh', words, { stdio: 'inherit', signal });
  try {
    await once(child, 'exit');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new Error('ssh is not installed', { cause: error });
    throw error;
  }
  const { exitCode, signalCode } = child;
  const code = exitCode ?? 128 + (signalCode ? constants.signals[signalCode] : 0);
  if (code !== 0) throw new GuestCommandFailedError(code);
}
