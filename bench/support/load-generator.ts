import { fork } from 'node:child_process';
import { join } from 'node:path';
import { Helper } from './helper';

export interface LoadRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Load {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  /** Ends after this many requests, even before the time is over. */
  readonly amount?: number;
  /** Requests per second of all connections together; if absent, as many as possible. */
  readonly rate?: number;
  /** Sent in turn by each connection, each starting at a different one. */
  readonly requests: readonly LoadRequest[];
  /** Collects the `id` of every created instance. */
  readonly keepsIds?: boolean;
}

export interface LoadResult {
  readonly answered: number;
  /** Responses other than 2xx, and failed connections. */
  readonly failed: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly ids: readonly string[];
}

export const CONNECTIONS = 32;

/** autocannon in a separate process, reused for the whole run so that it is warmed up. */
export class LoadGenerator {
  private readonly helper = new Helper(fork(join(__dirname, '../processes/load.js')), isLoadResult);

  /** @throws {Error} if any request failed: a rate that includes failures is meaningless. */
  async run(load: Load): Promise<LoadResult> {
    const result = await this.helper.ask(load);
    if (result.failed > 0) throw new Error(`${result.failed} requests to ${load.url} failed`);
    return result;
  }

  async stop(): Promise<void> {
    await this.helper.stop();
  }
}

function isLoadResult(value: unknown): value is LoadResult {
  return typeof value === 'object' && value !== null && 'perSecond' in value && 'ids' in value;
}
