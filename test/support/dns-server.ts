import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

const HEADER_BYTES = 12;
const TYPE_A = 1;
const RESPONSE = 0x8180;
const NAME_ERROR = 3;

/** A real DNS server with IPv4 addresses by name, which can change between two questions. */
export class DnsServer {
  /** How often each name was asked for an address. */
  readonly asked = new Map<string, number>();

  private constructor(
    private readonly socket: Socket,
    private readonly answer: (name: string, count: number) => string | undefined,
  ) {
    socket.on('message', (message, { port, address }) => {
      socket.send(this.respond(message), port, address);
    });
  }

  /** @param answer the address for the n-th question about a name, counted from 1; undefined if there is no such name */
  static async start(answer: (name: string, count: number) => string | undefined): Promise<DnsServer> {
    const socket = createSocket('udp4');
    const server = new DnsServer(socket, answer);
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return server;
  }

  /** With its port. */
  get address(): string {
    return `127.0.0.1:${this.socket.address().port}`;
  }

  async stop(): Promise<void> {
    this.socket.close();
    await once(this.socket, 'close');
  }

  private respond(query: Buffer): Buffer {
    const { name, end } = nameIn(query);
    const isForAddress = query.readUInt16BE(end) === TYPE_A;
    const count = (this.asked.get(name) ?? 0) + (isForAddress ? 1 : 0);
    this.asked.set(name, count);
    const address = this.answer(name, count);
    const header = Buffer.alloc(HEADER_BYTES);
    header.writeUInt16BE(query.readUInt16BE(0), 0);
    header.writeUInt16BE(address === undefined ? RESPONSE | NAME_ERROR : RESPONSE, 2);
    header.writeUInt16BE(1, 4);
    const question = query.subarray(HEADER_BYTES, end + 4);
    if (address === undefined || !isForAddress) return Buffer.concat([header, question]);
    header.writeUInt16BE(1, 6);
    // The name of the question, type A, class IN, a time to live of 0 and 4 bytes.
    const record = Buffer.from([0xc0, HEADER_BYTES, 0, TYPE_A, 0, 1, 0, 0, 0, 0, 0, 4]);
    return Buffer.concat([header, question, record, Buffer.from(address.split('.').map(Number))]);
  }
}

function nameIn(query: Buffer): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.'), end: at + 1 };
}
