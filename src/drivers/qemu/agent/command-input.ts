import { Writable } from 'node:stream';
import { DriverError } from '../../port/driver-call';
import { GrowingBuffer } from './growing-buffer';
import type { InputBudget } from './input-budget';

/** The agent takes standard input as a whole. */
const MAX_BYTES = 1_048_576;
const TOO_MUCH = `The guest agent takes at most ${MAX_BYTES} bytes of standard input`;
const NO_ROOM = 'Too much standard input waits for commands in virtual machines to start';

/** Standard input that is kept until it ends. */
export class CommandInput {
  readonly stdin: Writable;
  readonly ended: Promise<void>;
  private bytes: GrowingBuffer | undefined = new GrowingBuffer(MAX_BYTES);

  constructor(
    private readonly tenantId: string,
    private readonly budget: InputBudget,
  ) {
    this.stdin = new Writable({ write: (chunk: Buffer, _encoding, done) => done(this.take(chunk)) });
    this.ended = new Promise((resolve, reject) => {
      this.stdin.once('finish', () => resolve());
      this.stdin.once('error', reject);
    });
    // The output may not be read.
    this.ended.catch(() => undefined);
  }

  content(): Buffer {
    return this.bytes?.content() ?? Buffer.alloc(0);
  }

  /** Drops the input, and all that follows. */
  release(): void {
    this.budget.release(this.tenantId, this.bytes?.length ?? 0);
    this.bytes = undefined;
  }

  /** @returns why it cannot be taken; null if it was */
  private take(chunk: Buffer): DriverError | null {
    if (!this.bytes) return null;
    if (this.bytes.length + chunk.length > MAX_BYTES) return new DriverError(TOO_MUCH, { retryable: false });
    if (!this.budget.tryReserve(this.tenantId, chunk.length))
      return new DriverError(NO_ROOM, { retryable: true });
    this.bytes.append(chunk);
    return null;
  }
}
