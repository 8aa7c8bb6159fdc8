import type { Duplex, Writable } from 'node:stream';
import { DriverError, type DriverCall, type DriverHandle } from './driver-call';

/** A device of the guest that users connect to: the serial console, or the screen as a VNC (RFB) server. */
export interface Device {
  /**
   * Connects to the device of a running guest. Reading from the stream gives what the guest sends, and writing sends to
   * it. It ends with the guest, and is destroyed when the signal of the call aborts, or with `SlowReaderError`.
   * @throws {DriverError}
   */
  connect(call: DriverCall): Promise<Duplex>;
}

/** The stream of a device that others use, too, was read too slowly. */
export class SlowReaderError extends DriverError {
  constructor() {
    super('The client does not read', { retryable: false });
  }
}

/** In characters. */
export interface TerminalSize {
  readonly width: number;
  readonly height: number;
}

export interface Command {
  /** Program and arguments, run without a shell. */
  readonly command: readonly string[];
  /** In addition to the environment of the guest. */
  readonly env: Readonly<Record<string, string>>;
  /** The size of its terminal; null without a terminal. */
  readonly tty: TerminalSize | null;
  /** The caller drops the output, so the engine need not keep it. */
  readonly dropsOutput?: true;
}

export interface CommandOutput {
  /** Always `stdout` if the command has a terminal. */
  readonly stream: 'stdout' | 'stderr';
  /** Empty to show that the command still runs, from engines that give the output at its end. */
  readonly data: Buffer;
}

export interface RunningCommand {
  /** Standard input; ending it sends end of file. */
  readonly stdin: Writable;
  /** Ends when the command has ended or the signal aborts. */
  readonly output: AsyncIterable<CommandOutput>;
  resize(size: TerminalSize): Promise<void>;
  /** Call it after the output has ended; null if the engine does not know it. */
  exitCode(): Promise<number | null>;
}

/** Runs further commands in a running guest. */
export interface Exec {
  /** Why commands cannot be run in an instance, given the handle of its last call; absent if they can in all. */
  readonly whyNot?: (handle: DriverHandle | null) => string | undefined;
  /**
   * Starts a command, which is killed when the signal of the call aborts. If the ability `terminal` is absent, the
   * command may start only when its standard input ends, and its output come at its end.
   * @throws {DriverError}
   */
  start(call: DriverCall, command: Command): Promise<RunningCommand>;
}
