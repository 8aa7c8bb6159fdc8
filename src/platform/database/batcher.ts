import { FairQueue } from '../async/fair-queue';
import { DatabaseConflictError, DatabaseUnavailableError } from './database.errors';

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/** Limit per statement: larger batches would hold locks and results for too long. */
const MAX_ITEMS = 100;
/** Two, so that one statement is in transit while the other executes. */
const MAX_STATEMENTS = 2;
/** Far more than a busy service queues; beyond it, the database counts as unavailable. */
const MAX_WAITING = 20_000;

/**
 * Combines concurrent requests into one statement. Adds no delay: a single item runs at once, and items
 * that arrive while statements are running are batched when one of them finishes, so batches grow only under load.
 * Groups of items, such as those of one tenant, take turns: a group that submits thousands does not delay the others.
 *
 * `work` is atomic and returns one result per item, in order. If it fails and the database is reachable, each item is
 * retried in a statement of its own, so that one bad item does not fail the rest.
 */
export class Batcher<Item, Result> {
  private readonly waiting = new FairQueue<Waiting<Item, Result>>();
  private atWork = 0;
  private isScheduled = false;

  constructor(
    private readonly work: (items: readonly Item[]) => Promise<readonly Result[]>,
    private readonly groupOf: (item: Item) => string = () => '',
    /** Concurrent statements. With one, more items share each statement and its commit. */
    private readonly maxStatements = MAX_STATEMENTS,
  ) {}

  submit(item: Item): Promise<Result> {
    if (this.waiting.length >= MAX_WAITING) {
      return Promise.reject(
        new DatabaseUnavailableError(new Error('too many statements are waiting for the database')),
      );
    }
    return new Promise((resolve, reject) => {
      this.waiting.push(this.groupOf(item), { item, resolve, reject });
      this.schedule();
    });
  }

  /** Items that arrive in the same turn of the event loop form one batch. */
  private schedule(): void {
    if (this.isScheduled || this.atWork >= this.maxStatements || this.waiting.length === 0) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      const batch = this.waiting.take(MAX_ITEMS);
      this.atWork++;
      void this.run(batch).finally(() => {
        this.atWork--;
        this.schedule();
      });
      this.schedule();
    });
  }

  /** Returns the error if the database is unreachable. */
  private async run(batch: readonly Waiting<Item, Result>[]): Promise<DatabaseUnavailableError | undefined> {
    try {
      const results = await this.work(batch.map(({ item }) => item));
      if (results.length !== batch.length) {
        throw new Error(`${results.length} results for ${batch.length} items`);
      }
      results.forEach((result, index) => batch[index]?.resolve(result));
    } catch (error) {
      if (isAway(error)) {
        this.refuse(batch, error);
        return error;
      }
      if (batch.length > 1) await this.runEach(batch);
      else batch[0]?.reject(error);
    }
    return undefined;
  }

  /** Runs one statement per item, sequentially, to respect `maxStatements`. */
  private async runEach(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    for (const [index, waiting] of batch.entries()) {
      const outage = await this.run([waiting]);
      if (outage) {
        this.refuse(batch.slice(index + 1), outage);
        return;
      }
    }
  }

  /** Also rejects everything queued: it would wait just as long for the same error. */
  private refuse(batch: readonly Waiting<Item, Result>[], error: DatabaseUnavailableError): void {
    const behind = this.waiting.take(this.waiting.length);
    for (const { reject } of [...batch, ...behind]) reject(error);
  }
}

function isAway(error: unknown): error is DatabaseUnavailableError {
  return error instanceof DatabaseUnavailableError && !(error instanceof DatabaseConflictError);
}
