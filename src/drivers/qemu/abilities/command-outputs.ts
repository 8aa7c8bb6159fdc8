import type { CommandOutput } from '../../port/sessions';
import type { GuestCommandStatus } from '../agent/guest-agent';

/** Of one message to the client. */
const CHUNK_BYTES = 65_536;

interface Rest {
  readonly stream: CommandOutput['stream'];
  readonly bytes: Buffer;
}

/** The outputs of a command that has ended. */
export class CommandOutputs {
  private rest: readonly Rest[];

  constructor({ stdout, stderr, truncated }: NonNullable<GuestCommandStatus>) {
    const dropped = truncated.map((stream) => `[The guest agent has dropped ${stream} after 16 MB]\n`);
    this.rest = [
      { stream: 'stdout', bytes: stdout },
      { stream: 'stderr', bytes: stderr },
      { stream: 'stderr', bytes: Buffer.from(dropped.join('')) },
    ];
  }

  *parts(): Generator<CommandOutput> {
    for (let part = this.next(); part; part = this.next()) yield part;
  }

  /** Frees the memory of the parts that follow. */
  drop(): void {
    this.rest = [];
  }

  /** A copy, so that the reader of a part does not keep all of them. */
  private next(): CommandOutput | undefined {
    const [first, ...others] = this.rest.filter(({ bytes }) => bytes.length > 0);
    if (!first) return undefined;
    const { stream, bytes } = first;
    this.rest = [{ stream, bytes: bytes.subarray(CHUNK_BYTES) }, ...others];
    return { stream, data: Buffer.from(bytes.subarray(0, CHUNK_BYTES)) };
  }
}
