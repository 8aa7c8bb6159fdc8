import { Logger } from '@nestjs/common';
import { ConfigurationError } from '../../config';
import { messageOf } from '../../errors/app.error';
import { backoffMs, sleep } from '../../async/sleep';
import { Database, type Session, type Statement } from '../database';
import { DatabaseUnavailableError, RESTARTING, toDatabaseError } from '../database.errors';
import { DataDirectory } from './data-directory';
import { Engine } from './engine';
import type { EngineOptions, EngineRequest } from './engine-protocol';
import { RESERVED_BYTES, SPACE_TO_CREATE_BYTES, spaceProblem } from './free-space';
import { copyTemplate } from './template';

const RESTART = { firstMs: 200, lastMs: 5000 };

/**
 * PGlite: PostgreSQL compiled to WebAssembly, in a thread of this process. It has one connection,
 * so statements run sequentially, and only this process uses it.
 *
 * An engine that fails or hangs is replaced; until then, all calls fail as unavailable.
 */
export class EmbeddedDatabase extends Database {
  readonly kind = 'embedded';
  private readonly logger = new Logger('Database');
  private readonly closing = new AbortController();
  private engine: Engine | undefined;
  private outage = 'starting';
  private restarting: Promise<void> | undefined;
  /** Pending while a transaction has exclusive use of the connection. */
  private exclusive: Promise<void> | undefined;

  private constructor(
    private readonly directory: DataDirectory,
    private readonly statementTimeoutMs: number,
  ) {
    super();
  }

  get location(): string {
    return this.directory.path;
  }

  /** @throws {ConfigurationError} if the directory is in use, from a newer version, full, or not writable. */
  static async open(
    path: string,
    schemaVersion: number,
    statementTimeoutMs: number,
  ): Promise<EmbeddedDatabase> {
    const directory = await DataDirectory.claim(path, schemaVersion);
    const isNew = directory.isNew();
    try {
      const problem = spaceProblem(path, isNew ? SPACE_TO_CREATE_BYTES : RESERVED_BYTES);
      if (problem !== undefined)
        throw new ConfigurationError([`DATA_DIR ${path} has too little free space: ${problem}`]);
      const database = new EmbeddedDatabase(directory, statementTimeoutMs);
      if (isNew) copyTemplate(directory.databasePath);
      await database.start();
      return database;
    } catch (error) {
      if (isNew) directory.removeDatabase();
      directory.release();
      if (error instanceof ConfigurationError) throw error;
      throw new ConfigurationError([`DATA_DIR ${path} contains no usable database: ${messageOf(error)}`]);
    }
  }

  async query<Row>(statement: Statement): Promise<readonly Row[]> {
    while (this.exclusive) await this.exclusive;
    return this.call<Row>(this.engine, 'query', statement);
  }

  async dryRun<Row>(statement: Statement): Promise<readonly Row[]> {
    while (this.exclusive) await this.exclusive;
    return this.call<Row>(this.engine, 'dryRun', statement);
  }

  async transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    while (this.exclusive) await this.exclusive;
    // Uses one engine throughout: a replacement would not have this transaction open.
    const running = this.inTransaction(this.engine, work);
    const release = (): void => {
      this.exclusive = undefined;
    };
    this.exclusive = running.then(release, release);
    return running;
  }

  /** Records the schema version in the directory, so that an older service refuses to open it. */
  markSchema(version: number): void {
    this.directory.mark(version);
  }

  async notify(): Promise<void> {
    // Nothing to do: only one process uses this database.
  }

  async subscribe(): Promise<void> {
    // Nothing to do: only one process uses this database.
  }

  async writeProblem(): Promise<string | undefined> {
    const { isReadOnly } = await this.one<{ isReadOnly: boolean }>({
      name: 'write_problem',
      text: `SELECT current_setting('transaction_read_only')::boolean AS "isReadOnly"`,
      values: [],
    });
    if (!isReadOnly) return undefined;
    return `read-only because of low disk space: ${spaceProblem(this.directory.path, RESERVED_BYTES) ?? 'recovering'}`;
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.restarting;
    await this.engine?.close();
    this.engine = undefined;
    this.outage = 'closed';
    this.directory.release();
  }

  private async call<Row>(
    engine: Engine | undefined,
    kind: EngineRequest['kind'],
    statement: Statement,
  ): Promise<readonly Row[]> {
    if (!engine) throw new DatabaseUnavailableError(new Error(this.outage), RESTARTING);
    try {
      return await engine.call(kind, statement);
    } catch (error) {
      throw toDatabaseError(error);
    }
  }

  private async inTransaction<T>(
    engine: Engine | undefined,
    work: (session: Session) => Promise<T>,
  ): Promise<T> {
    const session: Session = {
      query: <Row>(statement: Statement) => this.call<Row>(engine, 'query', statement),
      script: async (text) => {
        await this.call(engine, 'script', { name: 'script', text, values: [] });
      },
    };
    try {
      await session.script('BEGIN');
      const result = await work(session);
      await session.script('COMMIT');
      return result;
    } catch (error) {
      await session.script('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  private async start(): Promise<void> {
    const options: EngineOptions = { path: this.directory.databasePath };
    const bounds = {
      statementTimeoutMs: this.statementTimeoutMs,
      onLost: (error: Error) => this.lost(error),
    };
    this.engine = await Engine.start(options, bounds, this.closing.signal);
  }

  private lost(error: Error): void {
    this.engine = undefined;
    this.outage = error.message;
    if (this.closing.signal.aborted) return;
    this.logger.error(
      { err: error },
      `the embedded database failed and is being restarted: ${error.message}`,
    );
    this.restarting = this.restart();
  }

  private async restart(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      await sleep(backoffMs(attempt, RESTART), this.closing.signal);
      if (this.closing.signal.aborted) return;
      try {
        // Otherwise an empty database would be created, for example if the file system was unmounted.
        if (this.directory.isNew()) throw new Error('the files of the embedded database are missing');
        await this.start();
        this.logger.log('the embedded database is available again');
        return;
      } catch (error) {
        this.outage = messageOf(error);
        this.logger.debug({ err: error }, 'the embedded database is still down');
      }
    }
  }
}
