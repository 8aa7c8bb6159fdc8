/** Runs a task at once, and at most once more after each interval in which it was requested again. */
export class Throttle {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isRequested = false;

  constructor(
    private readonly task: () => void,
    private readonly intervalMs: number,
  ) {}

  run(): void {
    if (this.timer !== undefined) {
      this.isRequested = true;
      return;
    }
    this.isRequested = false;
    this.task();
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.isRequested) this.run();
    }, this.intervalMs);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.isRequested = false;
  }
}
