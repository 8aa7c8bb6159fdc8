import { Writable } from 'node:stream';
import { AutoResetEvent } from '../../platform/async/auto-reset-event';

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const LINE_ENDS = ['\r', '\n', CTRL_D];
const MAX_TYPED = 65_536;

/** Standard input of a simulated command. With a terminal, Ctrl-C interrupts and Ctrl-D ends the input. */
export class SimulatedInput {
  readonly stdin: Writable;
  private readonly arrived = new AutoResetEvent();
  private interruption = new AbortController();
  private typed = '';
  private hasEnded = false;
  /** Accepts more input; undefined if it is accepted already. */
  private acceptMore: (() => void) | undefined;

  constructor(
    private readonly isTerminal: boolean,
    private readonly signal: AbortSignal,
  ) {
    this.stdin = new Writable({
      decodeStrings: true,
      write: (chunk: Buffer, _encoding, done) => {
        this.receive(chunk.toString('latin1'));
        if (this.typed.length < MAX_TYPED) done();
        else this.acceptMore = done;
      },
      final: (done) => {
        this.hasEnded = true;
        this.arrived.set();
        done();
      },
    });
    signal.addEventListener('abort', () => this.interrupt(), { once: true });
  }

  /** Aborts when the running command is to stop. */
  get interrupted(): AbortSignal {
    return this.interruption.signal;
  }

  /** Call this when another command starts. */
  clearInterrupt(): void {
    if (!this.signal.aborted) this.interruption = new AbortController();
  }

  /** The next bytes, as Latin-1; undefined at the end of the input or if interrupted. */
  async read(): Promise<string | undefined> {
    await this.settled();
    if (this.interrupted.aborted || this.typed === '') return undefined;
    const end = this.isTerminal ? this.typed.indexOf(CTRL_D) : -1;
    if (end !== 0) return this.take(end === -1 ? this.typed.length : end);
    this.take(1);
    return undefined;
  }

  /** The characters typed on the current line, at least one, and how it ends. */
  async readLine(): Promise<{ text: string; end: 'line' | 'none' | 'eof' | 'interrupt' }> {
    this.clearInterrupt();
    await this.settled();
    if (this.signal.aborted) return { text: '', end: 'eof' };
    if (this.interrupted.aborted) return { text: '^C\n', end: 'interrupt' };
    if (this.typed === '') return { text: '', end: 'eof' };
    const end = Array.from(this.typed).findIndex((character) => LINE_ENDS.includes(character));
    if (end === -1) return { text: this.take(this.typed.length), end: 'none' };
    const text = this.take(end);
    return { text, end: this.take(1) === CTRL_D ? 'eof' : 'line' };
  }

  /** Resolves when something was typed, or nothing more will be. */
  private async settled(): Promise<void> {
    while (this.typed === '' && !this.hasEnded && !this.interrupted.aborted) await this.arrived.wait();
  }

  private take(length: number): string {
    const taken = this.typed.slice(0, length);
    this.typed = this.typed.slice(length);
    this.acceptMore?.();
    this.acceptMore = undefined;
    return taken;
  }

  private receive(text: string): void {
    const interrupt = this.isTerminal ? text.lastIndexOf(CTRL_C) : -1;
    if (interrupt !== -1) this.typed = '';
    this.typed += text.slice(interrupt + 1);
    if (interrupt === -1) this.arrived.set();
    else this.interrupt();
  }

  private interrupt(): void {
    this.interruption.abort();
    this.arrived.set();
  }
}
