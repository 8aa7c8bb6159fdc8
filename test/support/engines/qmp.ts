import { createConnection } from 'node:net';
import { createInterface } from 'node:readline';
import { parseJson } from '../json';

/** Sends a QMP command to a virtual machine without any code of the driver. */
export async function qmp<T>(socketPath: string, command: string): Promise<T> {
  const socket = createConnection(socketPath);
  socket.setTimeout(10_000, () => socket.destroy(new Error(`${command} was not answered`)));
  const send = (execute: string): boolean => socket.write(`${JSON.stringify({ execute })}\n`);
  try {
    for await (const line of createInterface({ input: socket })) {
      const said = parseJson<{ QMP?: unknown; return?: T; error?: unknown; event?: unknown }>(line);
      if (said.event !== undefined) continue;
      if (said.error !== undefined) throw new Error(`${command}: ${JSON.stringify(said.error)}`);
      if (said.QMP !== undefined) {
        send('qmp_capabilities');
        send(command);
      } else if (said.return !== undefined && JSON.stringify(said.return) !== '{}') return said.return;
    }
    throw new Error(`${command} was not answered`);
  } finally {
    socket.destroy();
  }
}
