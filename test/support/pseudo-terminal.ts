import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface TerminalProcess {
  /** Output so far, with its escape sequences. */
  readonly printed: () => string;
  /** Presses Ctrl+C. */
  readonly interrupt: () => void;
  /** Exit code of the command. */
  readonly ended: Promise<number | null>;
}

/** Runs a shell command in a terminal of 80 columns. */
export function startInTerminal(
  command: string,
  environment: Readonly<Record<string, string>>,
): TerminalProcess {
  const script = `stty cols 80 rows 24; ${command}`;
  const env = { PATH: process.env['PATH'], TERM: 'xterm', SHELL: '/bin/sh', ...environment };
  const child = spawn('script', ['--quiet', '--return', '--flush', '--command', script, '/dev/null'], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  return {
    printed: () => printed,
    interrupt: () => child.stdin.write('\u0003'),
    ended: once(child, 'close').then(() => child.exitCode),
  };
}
