import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { isRecord } from '../../src/platform/values/records';

export type GuestRequest = Readonly<Record<string, unknown>>;

/** Bytes to send in response to a request. */
export type GuestAnswer = (request: GuestRequest, socket: Socket) => string | Buffer;

export const SENTINEL = Buffer.of(0xff);

/** The response of an agent to `guest-sync-delimited`. */
export function syncAnswer({ arguments: args }: GuestRequest): Buffer {
  const id = isRecord(args) ? args['id'] : undefined;
  return Buffer.concat([SENTINEL, Buffer.from(`${JSON.stringify({ return: id })}\n`)]);
}

/** Answers commands after a correct synchronization. */
export function synced(answer: GuestAnswer): GuestAnswer {
  return (request, socket) =>
    request['execute'] === 'guest-sync-delimited' ? syncAnswer(request) : answer(request, socket);
}

/** Something that answers lines of JSON on a Unix socket: a guest agent, a hostile program in its place, or QEMU. */
export class ScriptedGuest {
  readonly sockets = new Set<Socket>();
  /** The most connections at once. */
  most = 0;

  private constructor(private readonly server: Server) {}

  static async listen(path: string, answer: GuestAnswer, greeting = ''): Promise<ScriptedGuest> {
    const server = createServer();
    const guest = new ScriptedGuest(server);
    server.on('connection', (socket) => guest.serve(socket, answer, greeting));
    await once(server.listen(path), 'listening');
    return guest;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private serve(socket: Socket, answer: GuestAnswer, greeting: string): void {
    let rest = '';
    this.sockets.add(socket);
    this.most = Math.max(this.most, [...this.sockets].filter(({ destroyed }) => !destroyed).length);
    socket.on('error', () => undefined);
    socket.write(greeting);
    socket.on('data', (data) => {
      const lines = `${rest}${data.toString('latin1')}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const request: unknown = JSON.parse(line.replace('\u00ff', ''));
        if (isRecord(request)) socket.write(answer(request, socket));
      }
    });
  }
}
