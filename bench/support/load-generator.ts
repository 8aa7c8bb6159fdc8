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
  /** Ends after so many requests, even before the time is over. */
  readonly amount?: number;
  /** Requests a second of all connections together; as many as possible where absent. */
  readonly rate?: number;
  /** Each connection sends them in turn, and begins at another one. */
  readonly requests: readonly LoadRequest[];
  /** Keeps the `id` of every answer. */
  readonly keepsIds?: boolean;
}

export interface LoadResult {
  readonly answered: number;
  /** Answers that are no success, and connections that failed. */
  readonly failed: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly ids: readonly string[];
}

export const CONNECTIONS = 32;

/** autocannon in a process of its own, kept for the whole run so that it is warm. */
export class LoadGenerator {
  private readonly helper = new Helper(fork(join(__dirname, '../processes/load.js')), isLoadResult);

  /** @throws {Error} where any request failed: a rate with failures in it says nothing. */
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
