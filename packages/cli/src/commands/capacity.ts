import type { Command } from 'commander';
import type { Capacity } from 'uim-compute-client';
import { sessionOf, type CommandContext, type Session } from '../session';
import { define } from './define';

type Share = Capacity['flavors'][number];
type Engine = NonNullable<Capacity['drivers']>[number];

export function capacityCommand(context: CommandContext): Command {
  const summary = 'show how many instances of each flavor exist and still fit, and for operators the engines';
  const examples = [['capacity', 'Show what still fits']] as const;
  return define({ name: 'capacity', summary, examples }).action(async (_: object, command: Command) => {
    const session = sessionOf(command, context);
    const capacity = await session.client.capacity({ signal: session.signal });
    await session.print({
      document: capacity,
      rows: capacity.flavors,
      columns: [
        { title: 'FLAVOR', text: ({ name }: Share) => name },
        { title: 'INSTANCES', text: ({ instances }) => String(instances) },
        { title: 'FITS VM', text: ({ fits }) => fitsText(fits.vm) },
        { title: 'FITS CONTAINER', text: ({ fits }) => fitsText(fits.container) },
      ],
      name: ({ name }) => name,
    });
    const { drivers = [] } = capacity;
    if (drivers.length > 0 && ['table', 'wide'].includes(session.format)) printEngines(session, drivers);
  });
}

/** The GPU column is shown only if some engine has GPUs. */
function printEngines({ terminal }: Session, engines: readonly Engine[]): void {
  const used =
    (resource: 'vcpus' | 'ramGB' | 'diskGB' | 'gpus') =>
    ({ allocated, total }: Engine) =>
      total[resource] === -1 ? String(allocated[resource]) : `${allocated[resource]}/${total[resource]}`;
  const gpusOf = (engine: Engine): string => {
    const models = (engine.gpuModels ?? []).map((each) => `${each.model} ${each.allocated}/${each.total}`);
    return models.length > 0 ? `${used('gpus')(engine)} (${models.join(', ')})` : used('gpus')(engine);
  };
  terminal.print('');
  terminal.table(
    [
      { title: 'ENGINE', text: ({ name }: Engine) => name },
      { title: 'STATUS', text: ({ status }) => status },
      { title: 'INSTANCES', text: ({ allocated }) => String(allocated.instances) },
      { title: 'VCPUS', text: used('vcpus') },
      { title: 'RAM GB', text: used('ramGB') },
      { title: 'DISK GB', text: used('diskGB') },
      ...(engines.some(({ total }) => total.gpus > 0) ? [{ title: 'GPUS', text: gpusOf }] : []),
      { title: 'DETAIL', text: ({ detail }) => detail, isFlexible: true },
    ],
    engines,
  );
}

function fitsText(fits: number | null): string {
  return fits === null ? 'unlimited' : String(fits);
}
