import { once } from 'node:events';
import { get, type ClientRequest, type IncomingMessage } from 'node:http';
import type { Client, RequestHeaders } from './client';
import type { SuiteApp } from './use-app';

/** Sends a request on its own connection, which closes with it. `fetch` would needlessly connect again. */
export function ask(client: Client, path: string, headers: RequestHeaders = {}): ClientRequest {
  const given = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  const request = get(`${client.url}/api/v1/compute${path}`, {
    agent: false,
    headers: { 'X-Tenant-ID': client.tenantId, ...Object.fromEntries(given) },
  });
  // Callers destroy the request when they have read enough.
  return request.on('error', () => undefined);
}

/** Reads a console as an event stream, like a browser. */
export class ConsoleReader {
  /** Event names. */
  readonly events: string[] = [];
  readonly lines: string[] = [];
  comments = 0;
  /** Resolves when either side has ended the stream. */
  readonly ended: Promise<void>;
  private text = '';

  private constructor(readonly response: IncomingMessage) {
    response.setEncoding('utf8');
    response.on('data', (text: string) => this.receive(text));
    response.on('error', () => undefined);
    this.ended = once(response, 'close').then(() => undefined);
  }

  static async connect(client: Client, path: string, headers: RequestHeaders = {}): Promise<ConsoleReader> {
    const request = ask(client, path, headers);
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request.once('response', resolve);
      request.once('error', reject);
    });
    if (response.statusCode !== 200) throw new Error(`the console answered ${String(response.statusCode)}`);
    return new ConsoleReader(response);
  }

  async close(): Promise<void> {
    this.response.destroy();
    await this.ended;
  }

  private receive(text: string): void {
    const blocks = `${this.text}${text}`.split('\n\n');
    this.text = blocks.pop() ?? '';
    for (const block of blocks) this.take(block);
  }

  private take(block: string): void {
    if (block === ':') this.comments++;
    const [, event, data] = /^event: (\w+)\ndata: ?(.*)$/s.exec(block) ?? [];
    if (event === undefined || data === undefined) return;
    this.events.push(event);
    if (event === 'line') this.lines.push(data);
  }
}

/** Number of consoles that are followed at the replica. */
export async function followed(app: SuiteApp): Promise<number> {
  const { text } = await app.as('').request<null>('/metrics');
  return Number(/compute_console_streams(?:\{[^}]*\})? (\d+)/.exec(text)?.[1]);
}
