import { EventEmitter, once } from 'node:events';
import { Command } from 'commander';
import { followEvents, unwrap, type InstanceEvent } from 'uim-compute-client';
import { UsageError } from '../failures';
import { time } from '../printing';
import { sessionOf, type Session, type CommandContext } from '../session';
import { visible } from '../terminal';

export function eventsCommand(context: CommandContext): Command {
  return new Command('events')
    .description('show the history of an instance, or follow live events')
    .argument('[id]', 'id of an instance; by default, all instances of the tenant')
    .option('-f, --follow', 'print new events as they happen')
    .action(async (id: string | undefined, { follow }: { follow?: boolean }, command: Command) => {
      const session = sessionOf(command, context);
      if (follow === true) await followAll(session, id);
      else if (id !== undefined) await printHistory(session, id);
      else throw new UsageError('pass an instance id, or --follow to see the events of all instances');
    });
}

async function printHistory(session: Session, id: string): Promise<void> {
  const events = await historyOf(session, id);
  if (session.isJson) session.terminal.json({ events });
  else
    session.terminal.table(
      ['TIME', ...TITLES],
      events.map((event) => [time(event.at), ...cellsOf(event)]),
    );
}

/** Opens the stream before reading the history, so that no event between the two is missed. */
async function followAll(session: Session, id: string | undefined): Promise<void> {
  const { connection, signal, terminal } = session;
  const opened = new EventEmitter();
  const isOpen = once(opened, 'open');
  const stream = followEvents(connection, {
    signal,
    onOpen: () => {
      terminal.endProgress();
      opened.emit('open');
    },
    onLost: () => terminal.progress('connection lost, reconnecting'),
  });
  const first = stream.next();
  await Promise.race([isOpen, first]);
  let seen = 0;
  if (id !== undefined) {
    for (const event of await historyOf(session, id)) {
      printLine(session, event, id);
      seen = event.version;
    }
  }
  for (let step = await first; step.done !== true; step = await stream.next()) {
    const { event } = step.value;
    if (id !== undefined && (event.instanceId !== id || event.version <= seen)) continue;
    printLine(session, event, id);
  }
}

async function historyOf({ client }: Session, id: string): Promise<readonly InstanceEvent[]> {
  const events: InstanceEvent[] = [];
  let pageToken: string | undefined;
  do {
    const query = pageToken === undefined ? {} : { pageToken };
    const page = await unwrap(
      client.GET('/api/v1/compute/instances/{id}/events', { params: { path: { id }, query } }),
    );
    events.push(...page.events);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return events;
}

const TITLES = ['EVENT', 'CHANGE', 'BY', 'REASON'];

function cellsOf({ type, from, to, actor, reason }: InstanceEvent): readonly string[] {
  return [type, from === to ? (to ?? '') : `${from ?? '-'} -> ${to ?? 'gone'}`, actor ?? '-', reason ?? ''];
}

/** Prints one event as a line of JSON or as unaligned table cells. */
function printLine({ terminal, isJson }: Session, event: InstanceEvent, of: string | undefined): void {
  const cells = [time(event.at), ...(of === undefined ? [event.instanceId] : []), ...cellsOf(event)];
  terminal.print(isJson ? JSON.stringify(event) : cells.map(visible).join('  ').trimEnd());
}
