import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { notInstalled } from './engines/engine';

const run = promisify(execFile);

/** Why tests in tmux cannot run; undefined if they can. */
export const missingTmux = notInstalled(['tmux']);

interface TmuxOptions {
  readonly width: number;
  readonly height: number;
  readonly environment: Readonly<Record<string, string>>;
}

/** A shell in a terminal that can be typed into, looked at and resized. */
export class Tmux {
  private readonly socket = `uim-test-${randomUUID()}`;

  private constructor(private readonly environment: Readonly<Record<string, string>>) {}

  static async start({ width, height, environment }: TmuxOptions): Promise<Tmux> {
    const tmux = new Tmux({
      PATH: process.env['PATH'] ?? '',
      LANG: 'C.UTF-8',
      ...environment,
    });
    const size = ['-x', String(width), '-y', String(height)];
    await tmux.command('new-session', '-d', ...size, 'exec sh');
    return tmux;
  }

  /** Types a line. */
  async enter(line: string): Promise<void> {
    await this.command('send-keys', '-l', line);
    await this.press('Enter');
  }

  /** Presses a key, e.g. `C-c`. */
  async press(key: string): Promise<void> {
    await this.command('send-keys', key);
  }

  /** The lines on the screen, without empty ones at the end. */
  async screen(): Promise<string> {
    return (await this.command('capture-pane', '-p')).trimEnd();
  }

  async resize(width: number, height: number): Promise<void> {
    await this.command('resize-window', '-x', String(width), '-y', String(height));
  }

  /** Process id of the program that the shell runs. */
  async foreground(): Promise<number> {
    const shell = (await this.command('display-message', '-p', '#{pane_pid}')).trim();
    const children = readFileSync(`/proc/${shell}/task/${shell}/children`, 'utf8').trim().split(' ');
    const pid = Number(children[0]);
    if (!(pid > 0)) throw new Error('the shell runs no program');
    return pid;
  }

  async stop(): Promise<void> {
    await this.command('kill-server');
  }

  private async command(...words: readonly string[]): Promise<string> {
    const { stdout } = await run('tmux', ['-L', this.socket, '-f', '/dev/null', ...words], {
      env: this.environment,
      timeout: 30_000,
    });
    return stdout;
  }
}
