import { execFile, type ExecFileException } from 'node:child_process';
import { DriverError } from '../../port/driver-call';
import { codeOf } from '../qemu.errors';

const MAX_OUTPUT_BYTES = 1_048_576;

/** A program failed or could not be run. */
export class ExecError extends DriverError {
  constructor(
    message: string,
    /** Null if the program is missing or was killed. */
    readonly exitCode: number | null,
    cause: unknown,
  ) {
    super(message, { retryable: true, cause });
  }
}

export interface ExecOptions {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly searchPath: string;
  readonly cwd?: string;
  readonly owner?: { readonly uid: number; readonly gid: number } | undefined;
}

/** Environment of child processes: enough to find programs, and no secrets. */
export function childEnvironment(searchPath: string): NodeJS.ProcessEnv {
  return { PATH: searchPath, LC_ALL: 'C' };
}

/**
 * Runs a program without a shell and returns its standard output.
 * @throws {DriverError} if the program is missing, fails or takes too long
 */
export async function exec(
  program: string,
  args: readonly string[],
  { signal, timeoutMs, searchPath, cwd, owner }: ExecOptions,
): Promise<string> {
  signal.throwIfAborted();
  const options = {
    signal,
    timeout: timeoutMs,
    env: childEnvironment(searchPath),
    maxBuffer: MAX_OUTPUT_BYTES,
    cwd,
    ...owner,
  };
  return new Promise((resolve, reject) => {
    execFile(program, args, { ...options, killSignal: 'SIGKILL' }, (error, stdout, stderr) => {
      if (!error) resolve(stdout);
      else reject(failure(program, error, stderr));
    });
  });
}

function failure(program: string, error: ExecFileException, stderr: string): ExecError {
  const name = program.split('/').at(-1) ?? program;
  const cause = new Error(stderr.slice(-2000), { cause: error });
  const exitCode = typeof error.code === 'number' ? error.code : null;
  if (codeOf(error) === 'ENOENT') return new ExecError(`${name} is not installed`, exitCode, cause);
  if (stderr.includes('No space left')) return new ExecError("The host's disk is full", exitCode, cause);
  return new ExecError(`${name} failed`, exitCode, cause);
}
