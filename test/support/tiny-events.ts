import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { DriverError, type Abilities, type EngineEvent, type EngineEvents } from '../../src/drivers';
import { TinyDriver } from './tiny.driver';

/** The events of a `TinyEngine`: a server that sends the ids of changed machines to everyone connected. */
export class TinyEvents {
  private readonly sockets = new Set<Socket>();
  private readonly server = createServer((socket) => {
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => this.sockets.delete(socket));
    socket.write('hello\n');
  });

  static async start(): Promise<TinyEvents> {
    const events = new TinyEvents();
    events.server.listen(0, '127.0.0.1');
    await once(events.server, 'listening');
    return events;
  }

  get port(): number {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('the events have no port');
    return address.port;
  }

  /** Number of connections. */
  get listeners(): number {
    return this.sockets.size;
  }

  say(id: string): void {
    for (const socket of this.sockets) socket.write(`${id}\n`);
  }

  /** Ends all connections; new ones are accepted. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }
}

export class EventfulTinyDriver extends TinyDriver implements EngineEvents {
  override readonly abilities: Abilities = { inventory: this, events: this };

  constructor(
    url: string,
    private readonly port: number,
  ) {
    super(url);
  }

  async *watch(signal: AbortSignal): AsyncGenerator<EngineEvent> {
    const socket = connect({ port: this.port, host: '127.0.0.1', signal });
    const lines = createInterface({ input: socket });
    socket.on('error', () => lines.close());
    for await (const line of lines) {
      yield line === 'hello' ? { kind: 'connected' } : { kind: 'changed', instanceId: line };
    }
    if (!signal.aborted) throw new DriverError('the events have ended', { retryable: true });
  }
}
