import { messageOf } from '../../src/platform/errors/app.error';
import { Database, type Statement } from '../../src/platform/database';
import type { Notification, Session, Subscription } from '../../src/platform/database/database';

export interface SentStatement extends Pick<Statement, 'name' | 'text'> {
  /** The class that sent it. */
  readonly sender: string;
  /** Why the database refused it; undefined if it was executed. */
  readonly error: string | undefined;
}

/** Passes statements on to a real database and records them. */
export class RecordingDatabase extends Database {
  readonly kind: Database['kind'];
  readonly location: string;
  readonly sent: SentStatement[] = [];
  /** The class whose methods the test is calling; nothing is recorded while it is undefined. */
  sender: string | undefined;
  private readonly executing = new Set<Promise<unknown>>();

  constructor(private readonly real: Database) {
    super();
    this.kind = real.kind;
    this.location = real.location;
  }

  query<Row>(statement: Statement): Promise<readonly Row[]> {
    return this.record(statement, this.real.query<Row>(statement));
  }

  dryRun<Row>(statement: Statement): Promise<readonly Row[]> {
    return this.record(statement, this.real.dryRun<Row>(statement));
  }

  transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.real.transaction((session) =>
      work({
        query: <Row>(statement: Statement) => this.record(statement, session.query<Row>(statement)),
        script: (sql) => session.script(sql),
      }),
    );
  }

  notify(notifications: readonly Notification[]): Promise<void> {
    return this.real.notify(notifications);
  }

  subscribe(subscription: Subscription): Promise<void> {
    return this.real.subscribe(subscription);
  }

  writeProblem(): Promise<string | undefined> {
    return this.real.writeProblem();
  }

  close(): Promise<void> {
    return this.real.close();
  }

  /** Waits for the statements that were sent. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.executing);
  }

  private async record<T>({ name, text }: Statement, executed: Promise<T>): Promise<T> {
    const { sender } = this;
    const add = (error?: string): void => {
      if (sender !== undefined) this.sent.push({ sender, name, text, error });
    };
    this.executing.add(executed);
    try {
      const result = await executed;
      add();
      return result;
    } catch (error) {
      add(messageOf(error));
      throw error;
    } finally {
      this.executing.delete(executed);
    }
  }
}
