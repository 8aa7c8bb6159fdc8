import { readFile } from 'node:fs/promises';
import { InvalidArgumentError } from 'commander';
import type { CreateInstance, Instance } from 'uim-compute-client';
import { UsageError } from './failures';

type Port = NonNullable<NonNullable<CreateInstance['vm']>['ports']>[number];
type Guest = Pick<CreateInstance, 'container' | 'vm' | 'userData' | 'sshKeys'>;

/** Options of `create` for the guest. */
export interface GuestOptions {
  readonly type?: Instance['type'];
  readonly env?: Record<string, string>;
  readonly port?: Port[];
  readonly userData?: string;
  readonly sshKey?: string[];
}

/** Collects repeated ports: `80`, `53/udp`, or `30080:80` with the port of the host first. */
export function port(text: string, before: readonly Port[] = []): Port[] {
  const [, hostPort, number = '', protocol = 'tcp'] =
    /^(?:(\d{1,5}):)?(\d{1,5})(?:\/(tcp|udp))?$/.exec(text) ?? [];
  if (number === '') throw new InvalidArgumentError('Must look like 80, 53/udp or 30080:80.');
  return [
    ...before,
    {
      port: Number(number),
      protocol: protocol === 'udp' ? 'udp' : 'tcp',
      ...(hostPort !== undefined && { hostPort: Number(hostPort) }),
    },
  ];
}

/** Options that do not fit the type are sent anyway; the service rejects them. */
export async function guestOf(command: string[], options: GuestOptions): Promise<Guest> {
  const { type, env, port: ports, userData, sshKey } = options;
  const isContainer = type === 'container';
  const container = {
    ...(command.length > 0 && { command }),
    ...(env && { env }),
    ...(isContainer && ports && { ports }),
  };
  const keys = await Promise.all((sshKey ?? []).map(readFileOf));
  return {
    ...(Object.keys(container).length > 0 && { container }),
    ...(!isContainer && ports && { vm: { ports } }),
    ...(userData !== undefined && { userData: await readFileOf(userData) }),
    ...(sshKey && { sshKeys: keys.flatMap(linesOf) }),
  };
}

/** @throws {UsageError} */
export async function readFileOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    throw new UsageError(`cannot read ${file}`);
  }
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
}
