/** Wakes one who waits, also where it rang before he came; ringing twice wakes once. */
export class Bell {
  private wakeUp: (() => void) | undefined;
  private hasRung = false;

  ring(): void {
    this.hasRung = true;
    this.wakeUp?.();
  }

  /** Resolves when it rang since the last time. */
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
