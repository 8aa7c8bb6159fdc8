import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { eventually } from './eventually';

/** Environment of a shell; `PATH` has `uim-compute`, and `HOME` is an empty directory. */
export type ShellEnvironment = Readonly<Record<'PATH' | 'HOME', string>> & Readonly<Record<string, string>>;

/** Returns what a shell offers at the end of a command line. */
export type Complete = (line: string, environment: ShellEnvironment) => Promise<readonly string[]>;

/** Calls the function as bash does, which splits words at `:` and `=`, too. */
export const completeInBash: Complete = async (line, environment) =>
  linesOf(
    await outputOf(environment, 'bash', [
      '--noprofile',
      '--norc',
      '-c',
      `source <(uim-compute completion bash)
       COMP_LINE=$1 COMP_POINT=\${#1}
       eval "$(complete -p uim-compute | sed -n 's/.* -F \\([a-z_]*\\) .*/completion=\\1/p')"
       $completion
       printf '%s\\n' "\${COMPREPLY[@]}"`,
      'bash',
      line,
    ]),
  );

/** Fish completes on request. Its lines contain a description after a tab. */
export const completeInFish: Complete = async (line, environment) => {
  const script = 'uim-compute completion fish | source; complete --do-complete $argv[1]';
  const lines = linesOf(
    await outputOf(environment, 'fish', ['--no-config', '--command', script, '--', line]),
  );
  return lines.map((each) => each.split('\t')[0] ?? '');
};

/** Installs the script into `fpath`, types the line, and lets zsh insert all candidates instead of the last word. */
export const completeInZsh: Complete = async (line, environment) => {
  const typed = await typeInZsh(`${line}${ALL_MATCHES}`, environment);
  const start = line.slice(0, line.lastIndexOf(' ') + 1);
  const inserted = typed.startsWith(start) ? typed.slice(start.length) : `(not inserted) ${typed}`;
  // Without candidates, the line stays as it is.
  return inserted === line.slice(start.length) ? [] : inserted.split(' ').filter((word) => word !== '');
};

const TIMEOUT_MS = 60_000;
const ALL_MATCHES = '\u0018a';
const FINISH = '\u0018d';

/** The line after these keys were pressed in an interactive zsh on a terminal. */
export async function typeInZsh(keys: string, environment: ShellEnvironment): Promise<string> {
  const directory = join(environment.HOME, 'zsh');
  const [ready, result, cwd] = [
    join(directory, 'ready'),
    join(directory, 'result'),
    join(directory, 'empty'),
  ];
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(cwd, { recursive: true });
  writeFileSync(
    join(directory, '.zshrc'),
    `uim-compute completion zsh > "$ZDOTDIR/_uim-compute"
fpath=("$ZDOTDIR" $fpath)
autoload -Uz compinit && compinit -u -D
zle -C all-matches complete-word _generic
zstyle ':completion:all-matches:*' insert yes
zstyle ':completion:all-matches::::' completer _all_matches _complete
bindkey '^Xa' all-matches
finish() { print -rn -- "$BUFFER" > "$ZDOTDIR/result"; BUFFER=exit; zle .accept-line }
zle -N finish
bindkey '^Xd' finish
zle-line-init() { : > "$ZDOTDIR/ready" }
zle -N zle-line-init
`,
  );
  const env = { TERM: 'xterm', ...environment, ZDOTDIR: directory };
  const child = spawn('script', ['--quiet', '--command', 'zsh -i', '/dev/null'], {
    env,
    cwd,
    stdio: ['pipe', 'ignore', 'ignore'],
    timeout: TIMEOUT_MS,
  });
  const exited = once(child, 'exit');
  await eventually(() => expect(existsSync(ready)).toBe(true));
  child.stdin.write(`${keys}${FINISH}`);
  await exited;
  return readFileSync(result, 'utf8');
}

async function outputOf(
  environment: ShellEnvironment,
  shell: string,
  parameters: readonly string[],
): Promise<string> {
  const child = spawn(shell, parameters, {
    env: environment,
    cwd: environment.HOME,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: TIMEOUT_MS,
  });
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  expect(errors).toBe('');
  return output;
}

function linesOf(output: string): readonly string[] {
  return output.split('\n').filter((line) => line !== '');
}
