import { FairQueue } from '../common/fair-queue';
import { DatabaseConflictError, DatabaseUnavailableError } from './database';

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/** Items of one statement: more would hold locks and answers back for long. */
const MAX_ITEMS = 100;
/** One statement travels while the other one works. */
const MAX_STATEMENTS = 2;
/** More than a busy service ever has; beyond it, the database is as good as away. */
const MAX_WAITING = 20_000;

/**
 * Does with one statement what is asked for at the same time. Nobody waits for company: what comes
 * alone goes alone, and what comes while statements are under way goes together as soon as one ends.
 * So the cost of a statement and of its commit is shared exactly when there is much to do. Groups of items,
 * such as those of one tenant, take turns: one that submits thousands does not delay the others.
 *
 * `work` gives one result an item, in their order, and does all or nothing: where it fails for
 * another reason than an unreachable database, each item is tried on its own, so that no caller
 * suffers for the item of another one.
 */
export class Batcher<Item, Result> {
  private readonly waiting = new FairQueue<Waiting<Item, Result>>();
  private atWork = 0;
  private isScheduled = false;

  constructor(
    private readonly work: (items: readonly Item[]) => Promise<readonly Result[]>,
    private readonly groupOf: (item: Item) => string = () => '',
    /** Statements at a time. With one, more items share each statement and its commit. */
    private readonly maxStatements = MAX_STATEMENTS,
  ) {}

  do(item: Item): Promise<Result> {
    if (this.waiting.length >= MAX_WAITING) {
      return Promise.reject(new DatabaseUnavailableError(new Error('too much waits for the database')));
    }
    return new Promise((resolve, reject) => {
      this.waiting.push(this.groupOf(item), { item, resolve, reject });
      this.schedule();
    });
  }

  /** What arrived in one turn of the event loop goes together. */
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

  /** Returns the error if the database is away. */
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

  /** Runs one statement per item, one after the other, so that the limit of statements at a time holds. */
  private async runEach(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    for (const [index, waiting] of batch.entries()) {
      const outage = await this.run([waiting]);
      if (outage) {
        this.refuse(batch.slice(index + 1), outage);
        return;
      }
    }
  }

  /** Who waits behind a statement that found no database would wait as long once more: all are told. */
  private refuse(batch: readonly Waiting<Item, Result>[], error: DatabaseUnavailableError): void {
    const behind = this.waiting.take(this.waiting.length);
    for (const { reject } of [...batch, ...behind]) reject(error);
  }
}

function isAway(error: unknown): error is DatabaseUnavailableError {
  return error instanceof DatabaseUnavailableError && !(error instanceof DatabaseConflictError);
}
