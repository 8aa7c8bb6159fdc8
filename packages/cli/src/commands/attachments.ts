import type { Command } from 'commander';
import type { Instance } from 'uim-compute-client';
import { cidr, wholeNumber } from '../arguments';
import { UsageError } from '../failures';
import { printInstances } from '../instance-output';
import { findInstance } from '../references';
import { sessionOf, type CommandContext, type Session } from '../session';
import { define } from './define';

interface AttachOptions {
  readonly network?: string;
  readonly newNetwork?: string;
  readonly volume?: string;
  readonly newVolume?: number;
}

export function attachmentCommands(context: CommandContext): readonly Command[] {
  return [attachCommand(context), detachCommand(context)];
}

function attachCommand(context: CommandContext): Command {
  const examples = [
    ['attach web --volume 6f1c9a4e-…', 'Attach a volume of the Storage service'],
    ['attach web --new-volume 20', 'Create a volume of 20 GB, and attach it'],
    ['attach web --new-network 10.0.0.0/24', 'Create a network, and attach it'],
  ] as const;
  return define({ name: 'attach', summary: 'attach a network or volume to an instance', examples })
    .argument('<instance>')
    .option('--network <id>', 'id of a network')
    .option('--new-network <cidr>', 'create a network, for example 10.0.0.0/24', cidr)
    .option('--volume <id>', 'id of a volume')
    .option('--new-volume <GB>', 'create a volume of this size', wholeNumber(1, 1_000_000))
    .action(async (text: string, options: AttachOptions, command: Command) => {
      const { network, newNetwork, volume, newVolume } = onlyOne(options);
      await change(sessionOf(command, context), text, async ({ client, signal }, id) => {
        if (network !== undefined) return client.attachNetwork(id, { networkId: network }, { signal });
        if (newNetwork !== undefined) return client.attachNetwork(id, { cidr: newNetwork }, { signal });
        if (volume !== undefined) return client.attachVolume(id, { volumeId: volume }, { signal });
        return client.attachVolume(id, { ...(newVolume !== undefined && { sizeGB: newVolume }) }, { signal });
      });
    });
}

function detachCommand(context: CommandContext): Command {
  const examples = [['detach web --volume 6f1c9a4e-…', 'Detach a volume']] as const;
  return define({ name: 'detach', summary: 'detach a network or volume from an instance', examples })
    .argument('<instance>')
    .option('--network <id>', 'id of a network')
    .option('--volume <id>', 'id of a volume')
    .action(async (text: string, options: Pick<AttachOptions, 'network' | 'volume'>, command: Command) => {
      const { network, volume } = onlyOne(options);
      await change(sessionOf(command, context), text, async ({ client, signal }, id) =>
        network === undefined
          ? client.detachVolume(id, volume ?? '', { signal })
          : client.detachNetwork(id, network, { signal }),
      );
    });
}

function onlyOne<T extends object>(options: T): T {
  if (Object.keys(options).length !== 1)
    throw new UsageError('pass exactly one network or volume, see --help');
  return options;
}

async function change(
  session: Session,
  text: string,
  call: (session: Session, id: string) => Promise<Instance>,
): Promise<void> {
  const { id } = await findInstance(session.client, text, session.signal);
  await printInstances(session, [await call(session, id)]);
}
