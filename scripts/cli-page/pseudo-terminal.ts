import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

const TIMEOUT_MS = 60_000;
/** Ctrl+U. */
const DISCARD_LINE = '\u0015';
const POLL_MS = 50;
const PROMPT = '$ ';
/** Invisible part of the prompt, which no other output contains. */
const PROMPT_MARK = '\u001b[0;7;0m';

type Environment = Readonly<Record<string, string>>;

/** Runs a command in bash on a terminal of 80 columns, and returns what it writes there. */
export async function runOnTerminal(command: string, environment: Environment): Promise<string> {
  const child = openTerminal(`exec bash -c ${quote(command)}`, environment);
  const [output] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return output;
}

/** Types a line that ends with tab characters into bash, and returns what bash writes below it. */
export async function completeOnTerminal(line: string, environment: Environment): Promise<string> {
  const child = openTerminal('exec bash --noprofile --norc -i', {
    ...environment,
    PS1: `\\[${PROMPT_MARK}\\]${PROMPT}`,
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  const prompted = async (count: number): Promise<void> => {
    while (output.split(PROMPT_MARK).length <= count) {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`bash has ended: ${output}`);
      await sleep(POLL_MS);
    }
  };
  const exited = once(child, 'exit');
  try {
    await prompted(1);
    child.stdin.write('source <(uim-compute completion bash)\n');
    await prompted(2);
    const start = output.lastIndexOf(PROMPT_MARK);
    child.stdin.write(line);
    // Below the candidates, bash writes the prompt and the line again.
    await prompted(3);
    const listed = output.slice(output.indexOf('\n', start) + 1, output.lastIndexOf(PROMPT_MARK));
    child.stdin.write(`${DISCARD_LINE}exit\n`);
    await exited;
    return listed;
  } catch (error) {
    child.kill();
    throw error;
  }
}

function openTerminal(
  command: string,
  environment: Environment,
): ChildProcessByStdio<Writable, Readable, null> {
  return spawn(
    'script',
    ['--quiet', '--return', '--command', `stty cols 80 rows 24; ${command}`, '/dev/null'],
    {
      cwd: environment['HOME'],
      env: { TERM: 'xterm', LANG: 'C.UTF-8', SHELL: '/bin/sh', ...environment },
      stdio: ['pipe', 'pipe', 'inherit'],
      timeout: TIMEOUT_MS,
    },
  );
}

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
