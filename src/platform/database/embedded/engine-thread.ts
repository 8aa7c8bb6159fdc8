import { dirname } from 'node:path';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import type { PGlite } from '@electric-sql/pglite' with { 'resolution-mode': 'import' };
import { messageOf } from '../../errors/app.error';
import { textOf, toFailure } from './engine-failure';
import type { EngineOptions, EngineReply, EngineRequest } from './engine-protocol';
import { freeBytes, RESERVED_BYTES } from './free-space';

/** How long a free-space check stays valid. */
const SPACE_VALID_MS = 20;

/** Runs PGlite in this thread and handles requests in order. Started by `Engine`. */
class EngineThread {
  private last: Promise<void> = Promise.resolve();
  private isReadOnly: boolean | undefined;
  private checkedAt = -Infinity;

  constructor(
    private readonly pglite: PGlite,
    private readonly port: MessagePort,
    private readonly path: string,
  ) {
    port.on('message', (request: EngineRequest) => {
      this.last = this.last.then(() => this.answer(request));
    });
    this.send({ kind: 'ready' });
  }

  private async answer(request: EngineRequest): Promise<void> {
    try {
      const rows = await this.run(request);
      this.send({ kind: 'rows', id: request.id, rows });
      if (request.kind === 'close') this.port.close();
    } catch (error) {
      this.send({ kind: 'failed', id: request.id, failure: toFailure(error) });
    }
  }

  private async run({ kind, text, values }: EngineRequest): Promise<readonly unknown[]> {
    switch (kind) {
      case 'query':
        await this.checkSpace();
        return (await this.pglite.query(text, [...values])).rows;
      case 'dryRun':
        await this.checkSpace();
        return this.pglite.transaction(async (transaction) => {
          const { rows } = await transaction.query(text, [...values]);
          await transaction.rollback();
          return rows;
        });
      case 'script':
        await this.pglite.exec(text);
        // The script may have rolled back the setting together with its transaction.
        this.isReadOnly = undefined;
        this.checkedAt = -Infinity;
        return [];
      case 'close':
        await this.pglite.close();
        return [];
    }
  }

  /** Makes the database read-only while space is short; PostgreSQL decides which statements are writes. */
  private async checkSpace(): Promise<void> {
    const now = performance.now();
    if (now - this.checkedAt < SPACE_VALID_MS) return;
    this.checkedAt = now;
    const isShort = freeBytes(this.path) < RESERVED_BYTES;
    if (isShort === this.isReadOnly) return;
    await this.pglite.exec(`SET default_transaction_read_only = ${isShort ? 'on' : 'off'}`);
    this.isReadOnly = isShort;
    this.send({ kind: 'access', isReadOnly: isShort });
  }

  private send(reply: EngineReply<unknown>): void {
    this.port.postMessage(reply);
  }
}

async function main(port: MessagePort, { path }: EngineOptions): Promise<void> {
  try {
    const { PGlite: Embedded } = await import('@electric-sql/pglite');
    const pglite = new Embedded(path);
    await pglite.waitReady;
    new EngineThread(pglite, port, dirname(path));
  } catch (error) {
    const reply: EngineReply<unknown> = { kind: 'unopened', reason: messageOf(error) };
    port.postMessage(reply);
  }
}

function optionsOf(value: unknown): EngineOptions {
  const path = textOf(value, 'path');
  if (path === undefined) throw new Error('workerData must name the path');
  return { path };
}

if (!parentPort) throw new Error('this file runs in a worker thread');
void main(parentPort, optionsOf(workerData));
