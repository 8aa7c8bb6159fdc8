import { fork } from 'node:child_process';
import { join } from 'node:path';
import { Helper } from './helper';
import { plainEnvironment } from './service';

export interface WriterResult {
  readonly written: number;
  readonly perSecond: number;
}

/** Measures the database's own rate for the transaction of a create. */
export class Writer {
  private readonly helper: Helper<WriterResult>;

  constructor(databaseUrl: string) {
    const env = { ...plainEnvironment(), DATABASE_URL: databaseUrl };
    this.helper = new Helper(fork(join(__dirname, '../processes/writer.js'), { env }), isWriterResult);
  }

  async perSecond(seconds: number): Promise<number> {
    return (await this.helper.ask({ seconds })).perSecond;
  }

  async stop(): Promise<void> {
    await this.helper.stop();
  }
}

function isWriterResult(value: unknown): value is WriterResult {
  return typeof value === 'object' && value !== null && 'perSecond' in value && 'written' in value;
}
