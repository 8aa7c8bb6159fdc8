/** Auto-reset event: wakes one waiter. A signal sent while nothing waits is remembered; repeated signals coalesce. */
export class AutoResetEvent {
  private wakeUp: (() => void) | undefined;
  private isSet = false;

  set(): void {
    this.isSet = true;
    this.wakeUp?.();
  }

  /** Resolves when the event is set, and resets it. */
  async wait(): Promise<void> {
    if (!this.isSet) {
      await new Promise<void>((resolve) => {
        this.wakeUp = resolve;
      });
    }
    this.isSet = false;
    this.wakeUp = undefined;
  }
}
