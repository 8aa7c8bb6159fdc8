/** Auto-reset event: wakes one waiter. A signal sent while nothing waits is remembered; repeated signals coalesce. */
export class Bell {
  private wakeUp: (() => void) | undefined;
  private hasRung = false;

  ring(): void {
    this.hasRung = true;
    this.wakeUp?.();
  }

  /** Resolves when the event is set, and resets it. */
  async rung(): Promise<void> {
    if (!this.hasRung) {
      await new Promise<void>((resolve) => {
        this.wakeUp = resolve;
      });
    }
    this.hasRung = false;
    this.wakeUp = undefined;
  }
}
