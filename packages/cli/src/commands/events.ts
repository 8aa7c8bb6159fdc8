import { EventEmitter, once } from 'node:events';
import type { Command } from 'commander';
import type { InstanceEvent } from 'uim-compute-client';
import { collected } from '../collected';
import { UsageError } from '../failures';
import { visible } from '../output/sanitize';
import { time } from '../output/time';
import { findInstance } from '../references';
import { sessionOf, type CommandContext, type Session } from '../session';
import { define } from './define';

export function eventsCommand(context: CommandContext): Command {
  const examples = [
    ['events web', 'Show what happened to an instance'],
    ['events -f', 'Show events of all instances as they happen'],
    ['events -f -o json', 'Show them as lines of JSON'],
  ] as const;
  return define({
    name: 'events',
    summary: 'show the history of an instance, or follow live events',
    examples,
  })
    .alias('event')
    .argument('[instance]', 'by default, all instances of the tenant')
    .option('-f, --follow', 'print new events as they happen')
    .action(async (text: string | undefined, { follow }: { follow?: boolean }, command: Command) => {
      const session = sessionOf(command, context);
      const { client, signal } = session;
      if (text === undefined && follow !== true)
        throw new UsageError('pass an instance, or --follow to see the events of all instances');
      const id = text === undefined ? undefined : (await findInstance(client, text, signal)).id;
      if (follow === true) await followAll(session, id);
      else if (id !== undefined) await printHistory(session, id);
    });
}

async function printHistory(session: Session, id: string): Promise<void> {
  const events = await collected(session.client.history(id, { signal: session.signal }));
  await session.print({
    document: { events },
    rows: events,
    columns: [
      { title: 'TIME', text: ({ at }) => time(at) },
      { title: 'EVENT', text: ({ type }) => type },
      { title: 'CHANGE', text: changeOf },
      { title: 'BY', text: ({ actor }) => actor ?? '-', isFlexible: true },
      { title: 'REASON', text: ({ reason }) => reason ?? '', isFlexible: true },
    ],
    name: ({ type }) => type,
  });
}

/** Opens the stream before reading the history, so that no event between the two is missed. */
async function followAll(session: Session, id: string | undefined): Promise<void> {
  const { client, signal, terminal } = session;
  const opened = new EventEmitter();
  const isOpen = once(opened, 'open');
  const stream = client.followEvents({
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
    for await (const event of client.history(id, { signal })) {
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

function changeOf({ from, to }: InstanceEvent): string {
  return from === to ? (to ?? '') : `${from ?? '-'} -> ${to ?? 'gone'}`;
}

/** Prints one event as a line of JSON or as unaligned table cells. */
function printLine({ terminal, isStructured }: Session, event: InstanceEvent, of: string | undefined): void {
  const { at, instanceId, type, actor, reason } = event;
  const ids = of === undefined ? [instanceId] : [];
  const cells = [time(at), ...ids, type, changeOf(event), actor ?? '-', reason ?? ''];
  terminal.print(isStructured ? JSON.stringify(event) : cells.map(visible).join('  ').trimEnd());
}
