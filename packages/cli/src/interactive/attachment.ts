import type { ReadStream } from 'node:tty';

/** A session, or the part of it that reads what the user types. */
export interface Typed {
  /** Resolves when more can be typed. */
  readonly write: (data: Uint8Array) => Promise<void>;
  /** Called at the end of the input. */
  readonly end: () => Promise<void> | void;
}

interface AttachmentOptions {
  /** Leaves all keys to the session: the terminal neither shows them nor interprets Ctrl-C. */
  readonly isRaw: boolean;
  /** This byte ends the input. */
  readonly escape?: number;
}

/** Passes standard input to a session while `work` runs; closes it afterwards, so that it does not delay the exit. */
export async function attached(
  stdin: ReadStream,
  typed: Typed,
  { isRaw, escape }: AttachmentOptions,
  work: () => Promise<void>,
): Promise<void> {
  // If the process exits before the work ends, Node.js restores the terminal.
  if (isRaw) stdin.setRawMode(true);
  const forwarding = forward(until(escape, stdin), typed);
  try {
    await work();
  } finally {
    if (isRaw) stdin.setRawMode(false);
    stdin.destroy();
  }
  await forwarding;
}

async function forward(input: AsyncIterable<Uint8Array>, { write, end }: Typed): Promise<void> {
  try {
    for await (const data of input) await write(data);
  } catch {
    // The terminal is gone, or the session has ended first and `attached` has closed the input.
  }
  await end();
}

async function* until(escape: number | undefined, stdin: ReadStream): AsyncGenerator<Uint8Array> {
  // Kept open, so that the mode of the terminal can be restored.
  const chunks: AsyncIterable<Uint8Array> = stdin.iterator({ destroyOnReturn: false });
  for await (const chunk of chunks) {
    const at = escape === undefined ? -1 : chunk.indexOf(escape);
    if (at !== 0) yield at === -1 ? chunk : chunk.subarray(0, at);
    if (at !== -1) return;
  }
}
