import { type Command, Option } from 'commander';
import type { WarmPool } from 'uim-compute-client';
import { wholeNumber } from '../arguments';
import { sessionOf, type CommandContext, type Session } from '../session';
import { define } from './define';

interface SetOptions {
  readonly flavor: string;
  readonly image?: string;
  readonly type?: WarmPool['type'];
  readonly size: number;
}

export function warmPoolsCommand(context: CommandContext): Command {
  const examples = [
    ['warm-pool', 'Show all warm pools'],
    ['warm-pool set web --flavor small --image ubuntu-22.04 --size 5', 'Keep five instances prepared'],
  ] as const;
  const summary = 'list warm pools, or change them';
  const command = define({ name: 'warm-pool', summary, examples }).alias('warm-pools');
  command.addCommand(listCommand(context), { isDefault: true });
  command.addCommand(getCommand(context));
  command.addCommand(setCommand(context));
  command.addCommand(deleteCommand(context));
  return command;
}

function listCommand(context: CommandContext): Command {
  return define({
    name: 'list',
    summary: 'list warm pools (default)',
    examples: [['warm-pool list -o name', 'Show the names of all warm pools']],
  }).action(async (_: object, self: Command) => {
    const session = sessionOf(self, context);
    const warmPools = await session.client.operator.warmPools({ signal: session.signal });
    await print(session, warmPools, { warmPools });
  });
}

function getCommand(context: CommandContext): Command {
  return define({
    name: 'get',
    summary: 'show a warm pool',
    examples: [['warm-pool get web', 'Show how many instances are ready']],
  })
    .argument('<name>')
    .action(async (name: string, _: object, self: Command) => {
      const session = sessionOf(self, context);
      const pool = await session.client.operator.warmPool(name, { signal: session.signal });
      await print(session, [pool], pool);
    });
}

function setCommand(context: CommandContext): Command {
  return define({
    name: 'set',
    summary: 'create or replace a warm pool',
    examples: [
      ['warm-pool set web --flavor small --image ubuntu-22.04 --size 5', 'Keep five instances prepared'],
    ],
  })
    .argument('<name>')
    .requiredOption('--flavor <flavor>', 'flavor of the instances')
    .option('--image <image>', 'image of the instances')
    .addOption(
      new Option('--type <type>', 'type of the instances; by default vm').choices(['vm', 'container']),
    )
    .requiredOption('--size <n>', 'number of instances to keep prepared', wholeNumber(1, 1000))
    .action(async (name: string, { image, ...pool }: SetOptions, self: Command) => {
      const session = sessionOf(self, context);
      const request = { ...pool, imageId: image };
      const made = await session.client.operator.setWarmPool(name, request, { signal: session.signal });
      await print(session, [made], made);
    });
}

function deleteCommand(context: CommandContext): Command {
  return define({
    name: 'delete',
    summary: 'delete a warm pool with its prepared instances',
    examples: [['warm-pool delete web', 'Stop preparing instances']],
  })
    .argument('<name>')
    .action(async (name: string, _: object, self: Command) => {
      const { client, signal } = sessionOf(self, context);
      await client.operator.deleteWarmPool(name, { signal });
    });
}

async function print(session: Session, pools: readonly WarmPool[], document: unknown): Promise<void> {
  await session.print({
    document,
    rows: pools,
    columns: [
      { title: 'NAME', text: ({ name }) => name },
      { title: 'TYPE', text: ({ type }) => type },
      { title: 'FLAVOR', text: ({ flavor }) => flavor },
      { title: 'IMAGE', text: ({ imageId }) => imageId || '-' },
      { title: 'SIZE', text: ({ size }) => String(size) },
      { title: 'READY', text: ({ ready }) => String(ready) },
      { title: 'PREPARING', text: ({ preparing }) => String(preparing) },
      { title: 'LAST ERROR', text: ({ lastError }) => lastError ?? '-', isFlexible: true },
    ],
    name: ({ name }) => name,
  });
}
