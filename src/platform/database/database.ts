/** A parameterized statement. Named ones are prepared once per connection, so a name must always mean the same text. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** One connection inside a transaction. */
export interface Session {
  query<Row>(statement: Statement): Promise<readonly Row[]>;
  /** Runs several statements without parameters. */
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
 * The database, PostgreSQL or embedded, behind one interface and the same SQL.
 *
 * Every write of the service is ONE statement: atomic, one round trip, and no connection is held
 * across other waits. `Row` is what the caller's SQL returns; the SQL converts timestamps to integers, so that both
 * implementations return the same values.
 *
 * All methods reject with `DatabaseUnavailableError` if the database cannot be reached, and with its subclass
 * `DatabaseReadOnlyError` if it accepts no writes.
 */
export abstract class Database {
  abstract readonly kind: 'postgres' | 'embedded';
  /** Location of the data, without credentials; for messages. */
  abstract readonly location: string;

  abstract query<Row>(statement: Statement): Promise<readonly Row[]>;
  /** Runs the statement in a transaction, rolls it back and returns its rows. */
  abstract dryRun<Row>(statement: Statement): Promise<readonly Row[]>;
  /** For migrations: has no timeout. */
  abstract transaction<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** Notifies the other processes that use this database, not this one. Delivery is not guaranteed. */
  abstract notify(notifications: readonly Notification[]): Promise<void>;
  /** Receives notifications from all processes until the database is closed. */
  abstract subscribe(subscription: Subscription): Promise<void>;
  /** Why the database accepts no writes now, for operators; undefined if it accepts them. */
  abstract writeProblem(): Promise<string | undefined>;
  abstract close(): Promise<void>;

  /** Runs a statement that always returns exactly one row. */
  async one<Row>(statement: Statement): Promise<Row> {
    const [row] = await this.query<Row>(statement);
    if (row === undefined) throw new Error(`statement ${statement.name} returned no row`);
    return row;
  }
}

/** Whether a statement was refused because of this unique index. */
export function violates(error: unknown, index: string): boolean {
  if (!(error instanceof Error) || !('code' in error) || !('constraint' in error)) return false;
  return error.code === '23505' && error.constraint === index;
}
