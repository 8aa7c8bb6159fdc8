import type { Command } from 'commander';
import type { Flavor } from 'uim-compute-client';
import { wholeNumber } from '../arguments';
import { sessionOf, type CommandContext, type Session } from '../session';
import { define } from './define';

const whole = wholeNumber(0, 1_000_000);

interface FlavorOptions {
  readonly vcpus: number;
  readonly ram: number;
  readonly disk: number;
  readonly gpus?: number;
  readonly gpuModel?: string;
  readonly description?: string;
}

export function flavorsCommand(context: CommandContext): Command {
  const examples = [
    ['flavors', 'Show all flavors'],
    ['flavors create tiny --vcpus 1 --ram 1 --disk 5', 'Create a flavor (operators only)'],
  ] as const;
  const summary = 'list flavors, or change them (operators only)';
  const command = define({ name: 'flavors', summary, examples }).alias('flavor');
  command.addCommand(listCommand(context), { isDefault: true });
  command.addCommand(createCommand(context));
  command.addCommand(updateCommand(context));
  command.addCommand(deleteCommand(context));
  return command;
}

function listCommand(context: CommandContext): Command {
  return define({
    name: 'list',
    summary: 'list flavors (default)',
    examples: [['flavors list -o name', 'Show the names of all flavors']],
  }).action(async (_: object, self: Command) => {
    const session = sessionOf(self, context);
    const flavors = await session.client.flavors({ signal: session.signal });
    await print(session, flavors, { flavors });
  });
}

function createCommand(context: CommandContext): Command {
  const command = define({
    name: 'create',
    summary: 'create a flavor',
    examples: [['flavors create tiny --vcpus 1 --ram 1 --disk 5', 'Create a small flavor']],
  }).argument('<name>');
  return command
    .requiredOption('--vcpus <n>', 'virtual CPUs', whole)
    .requiredOption('--ram <GB>', 'memory', whole)
    .requiredOption('--disk <GB>', 'root disk', whole)
    .option('--gpus <n>', 'GPUs', whole)
    .option('--gpu-model <model>', 'model of the GPUs')
    .option('--description <text>', 'what it is for')
    .action(async (name: string, options: FlavorOptions, self: Command) => {
      const session = sessionOf(self, context);
      const { ram, disk, ...same } = options;
      const flavor = await session.client.operator.createFlavor(
        { name, ...same, ramGB: ram, diskGB: disk },
        { signal: session.signal },
      );
      await print(session, [flavor], flavor);
    });
}

function updateCommand(context: CommandContext): Command {
  return define({
    name: 'update',
    summary: 'change the description of a flavor',
    examples: [['flavors update tiny --description "For tests"', 'Say what a flavor is for']],
  })
    .argument('<flavor>')
    .requiredOption('--description <text>', 'what it is for')
    .action(async (name: string, { description }: { description: string }, self: Command) => {
      const session = sessionOf(self, context);
      const { client, signal } = session;
      const flavor = await client.operator.updateFlavor(name, { description }, { signal });
      await print(session, [flavor], flavor);
    });
}

function deleteCommand(context: CommandContext): Command {
  return define({
    name: 'delete',
    summary: 'delete a flavor; instances keep it',
    examples: [['flavors delete tiny', 'Stop offering a flavor to new instances']],
  })
    .argument('<flavor>')
    .action(async (name: string, _: object, self: Command) => {
      const { client, signal } = sessionOf(self, context);
      await client.operator.deleteFlavor(name, { signal });
    });
}

/** The GPU column is shown only if some flavor has GPUs. */
async function print(session: Session, flavors: readonly Flavor[], document: unknown): Promise<void> {
  const hasGpus = flavors.some(({ gpus }) => gpus !== undefined);
  const gpusOf = ({ gpus, gpuModel }: Flavor): string =>
    gpus === undefined ? '-' : [gpus, gpuModel].join(' ').trimEnd();
  await session.print({
    document,
    rows: flavors,
    columns: [
      { title: 'NAME', text: ({ name }) => name },
      { title: 'VCPUS', text: ({ vcpus }) => String(vcpus) },
      { title: 'RAM GB', text: ({ ramGB }) => String(ramGB) },
      { title: 'DISK GB', text: ({ diskGB }) => String(diskGB) },
      ...(hasGpus ? [{ title: 'GPUS', text: gpusOf }] : []),
      { title: 'DESCRIPTION', text: ({ description }) => description, isFlexible: true },
    ],
    name: ({ name }) => name,
  });
}
