import { Logger } from '@nestjs/common';
import { Client, Pool, type ClientConfig } from 'pg';
import type { DatabaseConfig } from '../config';
import { Database, type Notification, type Session, type Statement, type Subscription } from './database';
import { checkServer } from './postgres.checks';
import { toDatabaseError } from './postgres.errors';
import { PostgresListener } from './postgres.listener';

/** PostgreSQL through a bounded pool, with one more connection that listens. */
export class PostgresDatabase extends Database {
  readonly kind = 'postgres';
  readonly location: string;
  private readonly logger = new Logger('Database');
  private readonly connection: ClientConfig;
  private readonly checkTimeoutMs: number;
  private readonly pool: Pool;
  private readonly listener: PostgresListener;

  constructor(url: string, config: DatabaseConfig, applicationName: string) {
    super();
    const { host, pathname } = new URL(url);
    this.location = `PostgreSQL at ${host}${pathname}`;
    this.connection = {
      connectionString: url,
      application_name: applicationName,
      connectionTimeoutMillis: config.connectTimeoutMs,
      keepAlive: true,
    };
    this.checkTimeoutMs = config.connectTimeoutMs;
    this.pool = new Pool({
      ...this.connection,
      max: config.poolSize,
      // Not a startup parameter: PgBouncer refuses those that it does not know.
      verify: (client, done) =>
        client.query(`SET statement_timeout = ${config.queryTimeoutMs}`, (error?: Error | null) =>
          done(error ?? undefined),
        ),
      // A server that no longer answers cannot end a statement either: give up on it from here.
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
      // pg types rows as any; their shape is the contract between a repository's SQL and its Row type.
      const { rows } = await this.pool.query<Row & object>({ name, text, values: [...values] });
      return rows;
    } catch (error) {
      throw toDatabaseError(error);
    }
  }

  async rehearse<Row>({ text, values }: Statement): Promise<readonly Row[]> {
    try {
      const client = await this.pool.connect();
      try {
        await client.query('BEGIN');
        const { rows } = await client.query<Row & object>(text, [...values]);
        await client.query('ROLLBACK');
        client.release();
        return rows;
      } catch (error) {
        // Closing the connection is the rollback: it also works where the connection is already gone.
        client.release(true);
        throw error;
      }
    } catch (error) {
      throw toDatabaseError(error);
    }
  }

  async transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    // A connection of its own: a migration may take longer than any request may wait.
    const client = new Client(this.connection);
    // Said by the statement that fails, too; without a listener it would end the process.
    client.on('error', (error) => this.logger.debug({ err: error }, 'a connection was lost'));
    try {
      await client.connect();
      await client.query('BEGIN');
      const result = await work(sessionOf(client));
      await client.query('COMMIT');
      return result;
    } catch (error) {
      throw toDatabaseError(error);
    } finally {
      // Closing the connection is the rollback: it also works where the connection is already gone.
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

  async close(): Promise<void> {
    await this.listener.close();
    await this.pool.end();
  }
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
