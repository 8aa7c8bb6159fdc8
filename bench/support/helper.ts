import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { stop, track } from './processes';

/** How long a task may take beyond its seconds, for its last requests to be answered or time out. */
const GRACE_MS = 60_000;

/** A child process that runs tasks sent as messages, one at a time. */
export class Helper<Result> {
  constructor(
    private readonly child: ChildProcess,
    private readonly isResult: (value: unknown) => value is Result,
  ) {
    track(child);
  }

  /** @throws {Error} if the helper fails, with its own message, or if it ends or takes too long. */
  async ask(task: { readonly seconds: number }): Promise<Result> {
    const ended = new AbortController();
    const late = setTimeout(
      () => ended.abort(new Error(`a helper process is not done with ${task.seconds} s of work`)),
      task.seconds * 1000 + GRACE_MS,
    );
    const onExit = (): void => ended.abort(new Error('a helper process ended'));
    this.child.once('exit', onExit);
    try {
      const answer = once(this.child, 'message', { signal: ended.signal });
      this.child.send(task);
      const messages: readonly unknown[] = await answer;
      const [result] = messages;
      if (this.isResult(result)) return result;
      throw new Error(`a helper process failed: ${JSON.stringify(result)}`);
    } finally {
      clearTimeout(late);
      this.child.off('exit', onExit);
    }
  }

  async stop(): Promise<void> {
    await stop(this.child);
  }
}

/** The child's side: runs tasks and replies with their results. Exits with the bench. */
export function serve(work: (task: unknown) => Promise<object>): void {
  process.on('message', (task: unknown) => {
    work(task).then(
      (result) => process.send?.(result),
      (error: unknown) => process.send?.({ error: String(error) }),
    );
  });
  process.on('disconnect', () => process.exit(0));
}
