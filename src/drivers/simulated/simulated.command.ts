import type { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../platform/async/clock';
import type { Command, CommandOutput, RunningCommand, TerminalSize } from '../port/sessions';
import { SimulatedInput } from './simulated.input';

const NOT_FOUND = 127;
const INTERRUPTED = 130;
const TICK_MS = 1000;
const MAX_SLEEP_SECONDS = 86_400;

type Output = AsyncGenerator<CommandOutput, number>;
type Program = (words: readonly string[]) => Output;

interface CommandContext {
  readonly clock: Clock;
  /** Environment of the guest. */
  readonly env: Readonly<Record<string, string>>;
}

/** A command in a simulated guest: a shell and a few programs. */
export class SimulatedCommand implements RunningCommand {
  readonly stdin: Writable;
  readonly output: AsyncIterable<CommandOutput>;
  private readonly input: SimulatedInput;
  private readonly programs: Readonly<Record<string, Program>>;
  private size: TerminalSize | null;
  private code: number | null = null;

  constructor(
    { command, env, tty }: Command,
    private readonly context: CommandContext,
    private readonly signal: AbortSignal,
  ) {
    this.size = tty;
    this.input = new SimulatedInput(tty !== null, signal);
    this.stdin = this.input.stdin;
    const variables = { ...context.env, ...env };
    this.programs = {
      cat: () => this.cat(),
      clock: () => this.tick(),
      echo: (words) => this.print(latin1(words.join(' '))),
      env: () => this.print(...Object.entries(variables).map(([name, value]) => latin1(`${name}=${value}`))),
      sh: (words) => this.shell(words),
      sleep: ([seconds = '']) => this.sleep(Number(seconds)),
      stty: () => this.print(this.size === null ? 'not a tty' : `${this.size.height} ${this.size.width}`),
      yes: () => this.repeat(),
    };
    this.output = this.run(command);
  }

  async resize(size: TerminalSize): Promise<void> {
    if (this.size !== null) this.size = size;
  }

  async exitCode(): Promise<number | null> {
    return this.code;
  }

  private async *run(command: readonly string[]): AsyncGenerator<CommandOutput> {
    const code = yield* this.execute(command);
    if (!this.signal.aborted) this.code = code;
  }

  private async *execute([name = '', ...words]: readonly string[]): Output {
    this.input.clearInterrupt();
    if (name === 'exit') return exitCodeOf(words);
    const program = Object.hasOwn(this.programs, name) ? this.programs[name] : undefined;
    if (program) return yield* program(words);
    yield this.written(`${name}: not found\n`, 'stderr');
    return NOT_FOUND;
  }

  /** `sh -c SCRIPT`, or a shell that reads commands; commands end with a semicolon or a line break. */
  private async *shell([option, script = '']: readonly string[]): Output {
    let code = 0;
    if (option === '-c') return (yield* this.script(script)).code;
    for (;;) {
      if (this.size !== null) yield this.written('$ ');
      const line = yield* this.line();
      if (line === undefined) return this.signal.aborted ? INTERRUPTED : code;
      const { isOver, code: latest } = yield* this.script(line);
      code = latest;
      if (isOver) return code;
    }
  }

  private async *script(text: string): AsyncGenerator<CommandOutput, { code: number; isOver: boolean }> {
    let code = 0;
    for (const command of text.split(';')) {
      const words = command.split(/\s+/).filter((word) => word !== '');
      if (words.length === 0) continue;
      code = yield* this.execute(words);
      if (words[0] === 'exit') return { code, isOver: true };
    }
    return { code, isOver: false };
  }

  /** Reads a line, and shows what is typed if there is a terminal; undefined at the end. */
  private async *line(): AsyncGenerator<CommandOutput, string | undefined> {
    let line = '';
    for (;;) {
      const { text, end } = await this.input.readLine();
      line += text;
      if (this.size !== null && end !== 'eof') yield this.written(end === 'line' ? `${text}\n` : text);
      if (end === 'line') return line;
      if (end === 'interrupt') line = '';
      if (end === 'eof') return line === '' ? undefined : line;
    }
  }

  private async *cat(): Output {
    for (;;) {
      const data = await this.input.read();
      if (data === undefined) return this.input.interrupted.aborted ? INTERRUPTED : 0;
      yield this.written(data);
    }
  }

  private async *tick(): Output {
    for (;;) {
      yield this.written(`${new Date().toISOString()}\n`);
      if (!(await this.wait(TICK_MS))) return INTERRUPTED;
    }
  }

  private async *sleep(seconds: number): Output {
    if (!(seconds >= 0 && seconds <= MAX_SLEEP_SECONDS)) {
      yield this.written('sleep: invalid time\n', 'stderr');
      return 1;
    }
    return (await this.wait(seconds * 1000)) ? 0 : INTERRUPTED;
  }

  private async *repeat(): Output {
    while (!this.input.interrupted.aborted) {
      yield this.written('y\n'.repeat(1024));
      // A client that reads fast enough would otherwise keep this process from doing anything else.
      await setImmediate();
    }
    return INTERRUPTED;
  }

  private async *print(...lines: readonly string[]): Output {
    yield this.written(lines.map((line) => `${line}\n`).join(''));
    return 0;
  }

  /** @returns false if the command was interrupted */
  private async wait(ms: number): Promise<boolean> {
    const { interrupted } = this.input;
    return this.context.clock.wait(ms, interrupted).then(
      () => true,
      () => false,
    );
  }

  private written(text: string, stream: CommandOutput['stream'] = 'stdout'): CommandOutput {
    const isTerminal = this.size !== null;
    const data = Buffer.from(isTerminal ? text.replaceAll(/\r?\n/g, '\r\n') : text, 'latin1');
    return { stream: isTerminal ? 'stdout' : stream, data };
  }
}

/** Output is a string of bytes, like the input. */
function latin1(text: string): string {
  return Buffer.from(text).toString('latin1');
}

function exitCodeOf([code = '0']: readonly string[]): number {
  return /^\d{1,3}$/.test(code) ? Number(code) & 255 : 2;
}
