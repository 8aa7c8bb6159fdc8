import type { InstanceEvent } from '../../src/compute/events';
import { parseJson } from './json';
import { eventually } from './eventually';

export interface Received {
  readonly id: string;
  readonly name: string;
  readonly event: InstanceEvent;
}

/** An event stream client like a browser's: it keeps the last id and can resume from it. */
export class EventSource {
  readonly received: Received[] = [];
  lastId: string | undefined;
  /** Response of the newest connection. */
  response: Response | undefined;
  /** Number of heartbeats and other blocks without data. */
  empties = 0;
  private leaving = new AbortController();
  private reading: Promise<void> = Promise.resolve();

  constructor(
    readonly tenantId: string,
    lastId?: string,
  ) {
    this.lastId = lastId;
  }

  /** Resolves when the stream is open and its first id has arrived. */
  async connect(url: string): Promise<this> {
    this.leaving = new AbortController();
    const headers = {
      'X-Tenant-ID': this.tenantId,
      ...(this.lastId !== undefined && { 'Last-Event-ID': this.lastId }),
    };
    const { signal } = this.leaving;
    this.response = await fetch(`${url}/api/v1/compute/events`, { headers, signal });
    if (!this.response.ok || !this.response.body)
      throw new Error(`the stream answered ${this.response.status}`);
    const before = this.empties;
    this.reading = this.read(this.response.body);
    await eventually(() => {
      if (this.empties === before) throw new Error('the stream has not begun');
    });
    return this;
  }

  /** Resolves when the stream has ended for any reason. */
  get ended(): Promise<void> {
    return this.reading;
  }

  async close(): Promise<void> {
    this.leaving.abort();
    await this.reading;
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let text = '';
    try {
      for await (const chunk of body) {
        text += decoder.decode(chunk, { stream: true });
        for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
          this.take(text.slice(0, end));
          text = text.slice(end + 2);
        }
      }
    } catch {
      // The connection was cut; events received before that count.
    }
  }

  private take(block: string): void {
    const fields = new Map(
      block.split('\n').map((line): [string, string] => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon), line.slice(colon + 1).trimStart()];
      }),
    );
    this.lastId = fields.get('id') ?? this.lastId;
    const data = fields.get('data');
    if (data === undefined) this.empties++;
    else
      this.received.push({ id: this.lastId ?? '', name: fields.get('event') ?? '', event: parseJson(data) });
  }
}
