const LEAST_STEP_PERCENT = 1;

/** Adds up the download progress of all layers, and reports the percentage when it has grown. */
export class PullProgress {
  private readonly layers = new Map<string, { readonly done: number; readonly all: number }>();
  private told = -1;

  constructor(private readonly tell: (percent: number) => void) {}

  /**
   * Processes one line of the engine's response.
   * @throws {Error} with the engine's message, if the line reports a failure.
   */
  take(line: string): void {
    const event = parse(line);
    const failure = event['error'];
    if (typeof failure === 'string' && failure !== '') throw new PullFailure(failure);
    const { id, status, progressDetail: detail } = event;
    if (status !== 'Downloading' || typeof id !== 'string' || typeof detail !== 'object' || detail === null)
      return;
    if (!('current' in detail) || !('total' in detail)) return;
    const { current, total } = detail;
    if (typeof current !== 'number' || typeof total !== 'number' || total <= 0) return;
    this.layers.set(id, { done: Math.min(current, total), all: total });
    this.say();
  }

  private say(): void {
    let done = 0;
    let all = 0;
    for (const layer of this.layers.values()) {
      done += layer.done;
      all += layer.all;
    }
    const percent = Math.floor((done / all) * 100);
    // A layer that is announced late lowers the percentage; reported progress must not go backwards.
    if (percent < this.told + LEAST_STEP_PERCENT) return;
    this.told = percent;
    this.tell(percent);
  }
}

/** A failure that the engine reported during a pull. */
export class PullFailure extends Error {}

function parse(line: string): Readonly<Record<string, unknown>> {
  if (line.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
