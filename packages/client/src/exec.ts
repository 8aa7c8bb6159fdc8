import { parseJson } from './open-stream';
import { SessionError, type SessionConnection } from './session-connection';

/** WebSocket subprotocol of exec sessions: the first byte of each binary message names its channel. */
export const EXEC_PROTOCOL = 'v1.exec.uim-compute';

const STDIN = 0;
const STDOUT = 1;
const STDERR = 2;
const STATUS = 3;
const RESIZE = 4;
const CLOSE = 255;

/** Standard input per message: the service limits the size of messages and their number per second. */
const MAX_INPUT_BYTES = 32_768;

/** A command to run in an instance. */
export interface ExecRequest {
  /** Program and arguments, run without a shell. */
  readonly command: readonly string[];
  /** Additional environment variables. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** The size of its terminal; it has none if this is absent. */
  readonly tty?: TerminalSize | undefined;
}

/** In characters. */
export interface TerminalSize {
  readonly width: number;
  readonly height: number;
}

export interface ExecOutput {
  /** Always `stdout` if the command has a terminal. */
  readonly stream: 'stdout' | 'stderr';
  readonly data: Uint8Array;
}

/** A command that runs in an instance. */
export class RunningCommand {
  private status: number | null | undefined;

  constructor(private readonly connection: SessionConnection) {}

  /** Undefined until the output has ended; null if the engine does not report it. */
  get exitCode(): number | null | undefined {
    return this.status;
  }

  /**
   * The output, until the command has ended. Call it once: the command waits while nothing reads. Leaving the loop ends
   * the command.
   * @throws {SessionError} if the session ends before the command
   */
  async *output(): AsyncGenerator<ExecOutput, void, undefined> {
    try {
      for await (const message of this.connection.messages()) {
        const data = message.subarray(1);
        if (message[0] === STDOUT) yield { stream: 'stdout', data };
        else if (message[0] === STDERR) yield { stream: 'stderr', data };
        else if (message[0] === STATUS) this.status = exitCodeOf(data);
      }
    } catch (error) {
      // The exit code is the last message: how the connection ends after it does not matter.
      if (!(error instanceof SessionError) || this.status === undefined) throw error;
    }
    if (this.status === undefined) throw new SessionError(1000, 'the session ended before the command');
  }

  /** Writes to standard input; resolves when more can be written. Does nothing after the end of the command. */
  async write(data: Uint8Array | string): Promise<void> {
    const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
    for (let from = 0; from < bytes.length; from += MAX_INPUT_BYTES)
      await this.connection.send(messageOf(STDIN, bytes.subarray(from, from + MAX_INPUT_BYTES)));
  }

  /** Ends standard input. */
  async endInput(): Promise<void> {
    await this.connection.send(Uint8Array.of(CLOSE, STDIN));
  }

  /** Changes the size of the terminal. */
  async resize({ width, height }: TerminalSize): Promise<void> {
    const size = new TextEncoder().encode(JSON.stringify({ width, height }));
    await this.connection.send(messageOf(RESIZE, size));
  }

  /** Ends the session and the command. */
  close(): void {
    this.connection.close();
  }
}

function messageOf(channel: number, data: Uint8Array): Uint8Array {
  const message = new Uint8Array(data.length + 1);
  message[0] = channel;
  message.set(data, 1);
  return message;
}

/** @throws {SessionError} if the message has another form */
function exitCodeOf(data: Uint8Array): number | null {
  const { exitCode } = parsed(new TextDecoder().decode(data));
  if (typeof exitCode === 'number' || exitCode === null) return exitCode;
  throw new SessionError(1002, 'the service sent a malformed exit code');
}

function parsed(text: string): { readonly exitCode?: unknown } {
  const value = parseJson(text);
  return typeof value === 'object' && value !== null ? value : {};
}
