import { Command, Option } from 'commander';
import {
  unwrap,
  type Capacity,
  type Flavor,
  type Image,
  type Operation,
  type Quota,
} from 'uim-compute-client';
import { wholeNumber } from '../arguments';
import { time } from '../printing';
import { sessionOf, type Session, type CommandContext } from '../session';
import type { Terminal } from '../terminal';

const RESOURCES = ['instances', 'vcpus', 'ramGB', 'diskGB', 'gpus'] as const;
const OPERATION_STATUSES = ['pending', 'running', 'succeeded', 'failed', 'cancelled'] as const;

interface OperationOptions {
  readonly instance?: string;
  readonly status?: Operation['status'];
  readonly limit: number;
}

export function lookupCommands(context: CommandContext): readonly Command[] {
  return [
    flavorsCommand(context),
    imagesCommand(context),
    quotasCommand(context),
    capacityCommand(context),
    operationsCommand(context),
  ];
}

function flavorsCommand(context: CommandContext): Command {
  return new Command('flavors').description('list flavors').action(async (_: object, command: Command) => {
    const { client, terminal, isJson } = sessionOf(command, context);
    const list = await unwrap(client.GET('/api/v1/compute/flavors'));
    if (isJson) terminal.json(list);
    else printFlavors(terminal, list.flavors);
  });
}

/** The GPU column is shown only if some flavor has GPUs. */
function printFlavors(terminal: Terminal, flavors: readonly Flavor[]): void {
  const hasGpus = flavors.some(({ gpus }) => gpus !== undefined);
  const gpusOf = ({ gpus, gpuModel }: Flavor): string =>
    gpus === undefined ? '-' : [gpus, gpuModel].join(' ').trimEnd();
  terminal.table(
    ['NAME', 'VCPUS', 'RAM GB', 'DISK GB', ...(hasGpus ? ['GPUS'] : []), 'DESCRIPTION'],
    flavors.map((flavor) => [
      flavor.name,
      String(flavor.vcpus),
      String(flavor.ramGB),
      String(flavor.diskGB),
      ...(hasGpus ? [gpusOf(flavor)] : []),
      flavor.description,
    ]),
  );
}

function imagesCommand(context: CommandContext): Command {
  return new Command('images').description('list images').action(async (_: object, command: Command) => {
    const { client, terminal, isJson } = sessionOf(command, context);
    const images: Image[] = [];
    let pageToken: string | undefined;
    do {
      const params = { query: { ...(pageToken !== undefined && { pageToken }) } };
      const page = await unwrap(client.GET('/api/v1/compute/images', { params }));
      images.push(...page.images);
      pageToken = page.nextPageToken;
    } while (pageToken !== undefined);
    if (isJson) terminal.json({ images });
    else printImages(terminal, images);
  });
}

function printImages(terminal: Terminal, images: readonly Image[]): void {
  terminal.table(
    ['ID', 'NAME', 'TYPES', 'VCPUS', 'RAM GB', 'DISK GB', 'USER', 'DESCRIPTION'],
    images.map(({ id, name, types, minimal, defaultUser, description }) => [
      id,
      name,
      types.join(', ') || '-',
      String(minimal.vcpus),
      String(minimal.ramGB),
      String(minimal.diskGB),
      defaultUser ?? '-',
      description,
    ]),
  );
}

function quotasCommand(context: CommandContext): Command {
  return new Command('quotas')
    .description("show the tenant's limits and usage")
    .action(async (_: object, command: Command) => {
      const { client, terminal, isJson } = sessionOf(command, context);
      const quota = await unwrap(client.GET('/api/v1/compute/quotas'));
      if (isJson) terminal.json(quota);
      else terminal.table(['RESOURCE', 'USED', 'LIMIT'], rowsOf(quota));
    });
}

function rowsOf({ limits, usage }: Quota): readonly (readonly string[])[] {
  return RESOURCES.map((resource) => {
    const limit = limits[resource];
    return [resource, String(usage[resource]), limit === -1 ? 'none' : String(limit)];
  });
}

function capacityCommand(context: CommandContext): Command {
  return new Command('capacity')
    .description('show the number of instances of each flavor, and how many more of each type fit')
    .action(async (_: object, command: Command) => {
      const { client, terminal, isJson } = sessionOf(command, context);
      const capacity: Capacity = await unwrap(client.GET('/api/v1/compute/capacity'));
      if (isJson) terminal.json(capacity);
      else {
        terminal.table(
          ['FLAVOR', 'INSTANCES', 'FITS VM', 'FITS CONTAINER'],
          capacity.flavors.map(({ name, instances, fits }) => [
            name,
            String(instances),
            fitsText(fits.vm),
            fitsText(fits.container),
          ]),
        );
      }
    });
}

function fitsText(fits: number | null): string {
  return fits === null ? 'unlimited' : String(fits);
}

function operationsCommand(context: CommandContext): Command {
  return new Command('operations')
    .description('list operations, newest first, or show one')
    .argument('[id]')
    .option('--instance <id>', 'only operations of this instance')
    .addOption(new Option('--status <status>', 'only operations in this status').choices(OPERATION_STATUSES))
    .option('--limit <n>', 'maximum number', wholeNumber(1, 1000), 50)
    .action(async (id: string | undefined, options: OperationOptions, command: Command) => {
      const session = sessionOf(command, context);
      if (id === undefined) await listOperations(session, options);
      else await showOperation(session, id);
    });
}

async function listOperations(
  session: Session,
  { instance, status, limit }: OperationOptions,
): Promise<void> {
  const query = {
    limit,
    ...(instance !== undefined && { instanceId: instance }),
    ...(status !== undefined && { status }),
  };
  const page = await unwrap(session.client.GET('/api/v1/compute/operations', { params: { query } }));
  if (session.isJson) session.terminal.json(page);
  else printOperations(session, page.operations);
}

async function showOperation(session: Session, id: string): Promise<void> {
  const params = { path: { id } };
  const operation = await unwrap(session.client.GET('/api/v1/compute/operations/{id}', { params }));
  if (session.isJson) session.terminal.json(operation);
  else printOperations(session, [operation]);
}

function printOperations({ terminal }: Session, operations: readonly Operation[]): void {
  terminal.table(
    ['ID', 'INSTANCE', 'TYPE', 'STATUS', 'CREATED', 'PROGRESS', 'ERROR'],
    operations.map(({ id, instanceId, type, status, createdAt, progress, error }) => [
      id,
      instanceId,
      type,
      status,
      time(createdAt),
      progress ?? '-',
      error?.message ?? '-',
    ]),
  );
}
