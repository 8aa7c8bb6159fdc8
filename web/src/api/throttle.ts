/** A task that has not ended by then no longer keeps others waiting. */
const MAX_TASK_MS = 10_000;

/**
 * Runs a task at once, and again if that was requested meanwhile: after an interval, and never before the run before it
 * has ended, because another read of the same cancels it, and nothing would ever be read on a slow network.
 */
export class Throttle {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private limit: ReturnType<typeof setTimeout> | undefined;
  private startedAt = -Infinity;
  private dueAt = Infinity;
  private isBusy = false;
  private runs = 0;

  constructor(
    private readonly task: () => Promise<unknown>,
    private readonly intervalMs: number,
  ) {}

  /** @param intervalMs since the last run began; the shortest of several requests counts */
  run(intervalMs = this.intervalMs): void {
    this.dueAt = Math.min(this.dueAt, this.startedAt + intervalMs);
    if (!this.isBusy) this.plan();
  }

  stop(): void {
    this.runs++;
    clearTimeout(this.timer);
    clearTimeout(this.limit);
    this.isBusy = false;
    this.dueAt = Infinity;
  }

  private plan(): void {
    clearTimeout(this.timer);
    if (this.dueAt === Infinity) return;
    const wait = this.dueAt - performance.now();
    if (wait <= 0) this.start();
    else this.timer = setTimeout(() => this.start(), wait);
  }

  private start(): void {
    const run = ++this.runs;
    this.startedAt = performance.now();
    this.dueAt = Infinity;
    this.isBusy = true;
    const end = (): void => {
      if (run !== this.runs || !this.isBusy) return;
      clearTimeout(this.limit);
      this.isBusy = false;
      this.plan();
    };
    this.limit = setTimeout(end, MAX_TASK_MS);
    this.task().then(end, end);
  }
}
