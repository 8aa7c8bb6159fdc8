import { attached } from '../interactive/attachment';
import { assertTerminal, write } from '../interactive/streams';
import { visible } from '../output/sanitize';
import type { Reference } from '../references';
import type { Session } from '../session';

/** Ctrl-]. */
const ESCAPE = 0x1d;

/**
 * Connects the terminal to the serial console until the user leaves or the guest closes it.
 * @throws {UsageError} without a terminal
 */
export async function useSerialConsole(
  { client, signal, terminal, context: { streams } }: Session,
  { id, name }: Reference,
): Promise<void> {
  assertTerminal(streams, 'console --interactive');
  const connection = await client.sessions.open(id, 'serial', { signal });
  terminal.printError(`connected to the serial console of ${visible(name)}; press Ctrl-] to leave`);
  const typed = { write: connection.send.bind(connection), end: () => connection.close() };
  await attached(streams.stdin, typed, { isRaw: true, escape: ESCAPE }, async () => {
    for await (const data of connection.messages()) await write(streams.stdout, data);
  });
  terminal.printError('\ndisconnected from the serial console');
}
