import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';

/** The program behind `uim-compute`, built by `npm run build`. */
export const CLI = join(__dirname, '..', '..', 'packages', 'cli', 'bin', 'uim-compute.js');

export interface CliResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface CliProcess {
  readonly child: ReturnType<typeof spawn>;
  /** Output so far. */
  readonly printed: () => string;
  readonly result: Promise<CliResult>;
}

/** Runs the command line tool with this standard input, and returns the bytes of its output. */
export async function pipeThroughCli(
  url: string,
  tenantId: string,
  args: readonly string[],
  input: Buffer,
): Promise<{ readonly code: number | null; readonly out: Buffer }> {
  const env = { PATH: process.env['PATH'], UIM_COMPUTE_URL: url, UIM_COMPUTE_TENANT: tenantId };
  const child = spawn(process.execPath, [CLI, ...args], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(input);
  const [out] = await Promise.all([buffer(child.stdout), once(child, 'close')]);
  return { code: child.exitCode, out };
}

/** Starts the command line tool as a separate process. */
export function startCli(
  url: string,
  tenantId: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): CliProcess {
  const connection = { UIM_COMPUTE_URL: url, UIM_COMPUTE_TENANT: tenantId };
  const env = { PATH: process.env['PATH'], ...connection, ...environment };
  const child = spawn(process.execPath, [CLI, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const ended = once(child, 'close');
  const result = Promise.all([text(child.stdout), text(child.stderr), ended]).then(([out, err]) => ({
    code: child.exitCode,
    out,
    err,
  }));
  return { child, printed: () => printed, result };
}
