/** Bytes that the terminal has not shown yet: above the first, the guest waits until there are fewer than the second. */
const MOST_UNSHOWN = 262_144;
const FEW_UNSHOWN = 65_536;

/** As much of a terminal as output needs. */
export interface OutputTarget {
  /** @param onShown called when the data is parsed */
  write(data: Uint8Array, onShown: () => void): void;
}

/**
 * Passes on output no faster than a terminal shows it, so that a guest that prints without end waits instead of filling
 * the memory. Several messages are on their way at once, because a terminal takes a while for each, however short it is.
 */
export class PacedOutput {
  private unshown = 0;
  private onFew: (() => void) | undefined;

  constructor(
    private readonly target: OutputTarget,
    private readonly signal: AbortSignal,
  ) {}

  /** Resolves when more can be written. @throws the reason of the signal if it aborts */
  async write(data: Uint8Array): Promise<void> {
    this.signal.throwIfAborted();
    this.unshown += data.length;
    this.target.write(data, () => {
      this.unshown -= data.length;
      if (this.unshown < FEW_UNSHOWN) this.onFew?.();
    });
    if (this.unshown <= MOST_UNSHOWN) return;
    await new Promise<void>((resolve) => {
      this.onFew = resolve;
      // A closed terminal shows nothing.
      this.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    this.onFew = undefined;
    this.signal.throwIfAborted();
  }
}
