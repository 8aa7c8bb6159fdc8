/** Wakes one waiter; a signal sent while nothing waits is remembered, and repeated signals coalesce. */
export class AutoResetEvent {
  private isSet = false;
  private wake: (() => void) | undefined;

  set(): void {
    this.isSet = true;
    this.wake?.();
  }

  /** Resolves after the next `set`, or at once if it was called since the last wait. */
  async wait(): Promise<void> {
    if (!this.isSet) await new Promise<void>((resolve) => (this.wake = resolve));
    this.wake = undefined;
    this.isSet = false;
  }
}
