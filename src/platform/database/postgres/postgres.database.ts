import { Logger } from '@nestjs/common';
import { Client, DatabaseError, Pool, type ClientConfig } from 'pg';
import type { DatabaseConfig } from '../database.config';
import { Database, type Notification, type Session, type Statement, type Subscription } from '../database';
import { DatabaseReadOnlyError, toDatabaseError } from '../database.errors';
import { checkServer } from './postgres.checks';
import { PostgresListener } from './postgres.listener';

/** Allocates half a megabyte; always rolled back. */
const WRITE_PROBE =
  'CREATE TABLE write_probe AS SELECT number, md5(number::text) FROM generate_series(1, 8192) AS numbers(number)';

/** PostgreSQL through a bounded pool, plus one connection that listens. */
export class PostgresDatabase extends Database {
  readonly kind = 'postgres';
  readonly location: string;
  private readonly logger = new Logger('Database');
  private readonly connection: ClientConfig;
  private readonly checkTimeoutMs: number;
  private readonly pool: Pool;
  private readonly listener: PostgresListener;
  /** Set when the server refuses a write; cleared when a later probe succeeds. */
  private hasFailedWrite = false;

  constructor(url: string, config: DatabaseConfig) {
    super();
    const { host, pathname } = new URL(url);
    this.location = `PostgreSQL at ${host}${pathname}`;
    this.connection = {
      connectionString: url,
      application_name: config.applicationName,
      connectionTimeoutMillis: config.connectTimeoutMs,
      keepAlive: true,
    };
    this.checkTimeoutMs = config.connectTimeoutMs;
    this.pool = new Pool({
      ...this.connection,
      max: config.poolSize,
      // Not startup parameters: PgBouncer refuses those it does not recognize.
      verify: (client, done) =>
        client.query(sessionSettings(config.queryTimeoutMs), (error?: Error | null) =>
          done(error ?? undefined),
        ),
      // An unresponsive server cannot enforce its own statement timeout, so the client gives up shortly after.
      query_timeout: config.queryTimeoutMs + 1000,
    });
    this.pool.on('error', (error) => this.logger.warn({ err: error }, 'an idle connection was lost'));
    this.listener = new PostgresListener(this.connection);
  }

  /** @throws {ConfigurationError} if this server, or the pooler in front of it, cannot serve. */
  async check(): Promise<void> {
    try {
      await checkServer(this.connection, this.checkTimeoutMs);
    } catch (error) {
      throw toDatabaseError(error);
    }
  }

  async query<Row>({ name, text, values }: Statement): Promise<readonly Row[]> {
    try {
      // pg types rows as any; their shape is agreed between a repository's SQL and its Row type.
      const { rows } = await this.pool.query<Row & object>({ name, text, values: [...values] });
      return rows;
    } catch (error) {
      throw this.failure(error);
    }
  }

  async dryRun<Row>({ text, values }: Statement): Promise<readonly Row[]> {
    try {
      const client = await this.pool.connect();
      try {
        await client.query('BEGIN');
        const { rows } = await client.query<Row & object>(text, [...values]);
        await client.query('ROLLBACK');
        client.release();
        return rows;
      } catch (error) {
        // Closing the connection rolls back, and also works if the connection is already lost.
        client.release(true);
        throw error;
      }
    } catch (error) {
      throw this.failure(error);
    }
  }

  async transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    // A dedicated connection: a migration may take longer than requests may wait for one.
    const client = new Client(this.connection);
    // The failing statement reports this too; without a listener it would end the process.
    client.on('error', (error) => this.logger.debug({ err: error }, 'a connection was lost'));
    try {
      await client.connect();
      await client.query('BEGIN');
      const result = await work(sessionOf(client));
      await client.query('COMMIT');
      return result;
    } catch (error) {
      throw this.failure(error);
    } finally {
      // Closing the connection rolls back, and also works if the connection is already lost.
      await client.end();
    }
  }

  async notify(notifications: readonly Notification[]): Promise<void> {
    await this.query({
      name: 'notify',
      text: 'SELECT pg_notify(channel, payload) FROM unnest($1::text[], $2::text[]) AS news(channel, payload)',
      values: [notifications.map(({ channel }) => channel), notifications.map(({ payload }) => payload)],
    });
  }

  async subscribe(subscription: Subscription): Promise<void> {
    await this.listener.add(subscription);
  }

  async writeProblem(): Promise<string | undefined> {
    const { isStandby, isReadOnly } = await this.one<{ isStandby: boolean; isReadOnly: boolean }>({
      name: 'write_problem',
      text: `SELECT pg_is_in_recovery() AS "isStandby", current_setting('transaction_read_only')::boolean AS "isReadOnly"`,
      values: [],
    });
    if (isStandby) return 'read-only: the server is a standby';
    if (isReadOnly) return 'read-only: default_transaction_read_only is on';
    if (this.hasFailedWrite) await this.tryToWrite();
    return this.hasFailedWrite ? 'writes fail: disk full or I/O error, see the server log' : undefined;
  }

  /** On a full disk reads still succeed: only a write that allocates shows whether there is space again. */
  private async tryToWrite(): Promise<void> {
    try {
      await this.dryRun({ name: 'write_probe', text: WRITE_PROBE, values: [] });
      this.hasFailedWrite = false;
    } catch (error) {
      if (error instanceof DatabaseReadOnlyError) return;
      if (!isPermissionDenied(error)) throw error;
      // A role that may not create tables cannot probe: the next write shows whether it succeeds.
      this.hasFailedWrite = false;
    }
  }

  private failure(error: unknown): unknown {
    const failure = toDatabaseError(error);
    if (failure instanceof DatabaseReadOnlyError) this.hasFailedWrite = true;
    return failure;
  }

  async close(): Promise<void> {
    await this.listener.close();
    await this.pool.end();
  }
}

/**
 * A prepared statement keeps its plan until the tables are analyzed, up to a minute later. A plan made for a nearly
 * empty table is a sequential scan and gets slow as the table grows, so sequential scans are off: every statement has
 * an index to use. A table without a suitable index then looks so expensive that JIT would start, so that is off too.
 */
function sessionSettings(queryTimeoutMs: number): string {
  return `SET statement_timeout = ${queryTimeoutMs}; SET enable_seqscan = off; SET jit = off`;
}

function isPermissionDenied(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '42501';
}

function sessionOf(client: Client): Session {
  return {
    query: async <Row>({ text, values }: Statement) =>
      (await client.query<Row & object>(text, [...values])).rows,
    script: async (sql) => {
      await client.query(sql);
    },
  };
}
