import { AppError } from '../common/errors/app.error';

/** A parametrised statement. Named ones are prepared once a connection: use a constant name for a constant text. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** One connection inside a transaction. */
export interface Session {
  query<Row>(statement: Statement): Promise<readonly Row[]>;
  /** Runs a script of several statements without parameters. */
  script(sql: string): Promise<void>;
}

export interface Notification {
  readonly channel: string;
  readonly payload: string;
}

export interface Subscription {
  readonly channel: string;
  readonly receive: (payload: string) => void;
  /** Called after a gap in which notifications may have been lost. */
  readonly resync: () => void;
}

/**
 * The database, PostgreSQL or embedded, behind one face and with one SQL.
 *
 * Every write of the service is ONE statement: atomic, one round trip, and no connection is held
 * while something else is waited for. `Row` is what the caller's SQL returns; timestamps leave the
 * SQL as integers, so that both drivers give the same values.
 *
 * All methods reject with `DatabaseUnavailableError` if the database cannot be reached, and with
 * `DatabaseReadOnlyError`, which is one, if it accepts no writes.
 */
export abstract class Database {
  abstract readonly kind: 'postgres' | 'embedded';
  /** For people: where the data is, without credentials. */
  abstract readonly location: string;

  abstract query<Row>(statement: Statement): Promise<readonly Row[]>;
  /** Does what the statement does, gives its rows, and takes it all back: nobody else ever sees it. */
  abstract rehearse<Row>(statement: Statement): Promise<readonly Row[]>;
  /** For migrations: may take as long as it takes. */
  abstract transaction<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** Tells the other processes on this database; not this one. Lost where nobody listens. */
  abstract notify(notifications: readonly Notification[]): Promise<void>;
  /** Hears what any process notifies, until the database is closed. */
  abstract subscribe(subscription: Subscription): Promise<void>;
  /** Why the database accepts no writes now, for operators; undefined if it accepts them. */
  abstract writeProblem(): Promise<string | undefined>;
  abstract close(): Promise<void>;

  /** The single row of a statement that always gives one. */
  async one<Row>(statement: Statement): Promise<Row> {
    const [row] = await this.query<Row>(statement);
    if (row === undefined) throw new Error(`statement ${statement.name} gave no row`);
    return row;
  }
}

/** Whether a statement was refused because of this unique index. */
export function violates(error: unknown, index: string): boolean {
  if (!(error instanceof Error) || !('code' in error) || !('constraint' in error)) return false;
  return error.code === '23505' && error.constraint === index;
}

export class DatabaseUnavailableError extends AppError {
  constructor(cause: unknown, message = 'The database cannot be reached; try again') {
    super('unavailable', 'database_unavailable', message, {
      retryAfterSeconds: 1,
      cause,
    });
  }
}

/** The database refused a write: it is read-only, a standby, or has run out of disk space. */
export class DatabaseReadOnlyError extends DatabaseUnavailableError {
  constructor(cause: unknown) {
    super(cause, 'The database accepts no writes now; try again');
  }
}

/** Statements stood in each other's way, and this one was ended for it. */
export class DatabaseConflictError extends DatabaseUnavailableError {}
