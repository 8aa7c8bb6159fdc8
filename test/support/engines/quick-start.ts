import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { shellBlocksOf, type ShellBlock } from '../../docs/shell-blocks';
import { eventually } from '../eventually';
import { parseJson } from '../json';

const run = promisify(execFile);
const ROOT = join(__dirname, '..', '..', '..');
const BLOCK_MS = 50_000;
const BOOT = { withinMs: 60_000 };
const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGtleS1vZi1hLXRlc3QtdGhhdC1pcy1ub3Qtb25l reader@desk\n';

export interface QuickStart {
  readonly document: string;
  readonly block: ShellBlock;
}

/** Shell blocks of README.md and docs/ that need this engine. @throws {Error} if no document has one. */
export function quickStarts(engine: string): readonly QuickStart[] {
  const docs = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
  const found = ['README.md', ...docs.map((name) => `docs/${name}`)].flatMap((document) =>
    shellBlocksOf(readFileSync(join(ROOT, document), 'utf8'))
      .filter((block) => block.engine === engine)
      .map((block) => ({ document, block })),
  );
  if (found.length === 0) throw new Error(`no document has a quick start for ${engine}`);
  return found;
}

/** Imports a small web server under the name of a public image. */
export async function importWebServer(socket: string, image: string): Promise<void> {
  const [repository = '', tag = ''] = image.split(/:(?=[^:]*$)/);
  const script = `
    set -euo pipefail; dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; mkdir -p "$dir/bin" "$dir/www"
    cp "$(command -v busybox)" "$dir/bin/busybox"
    echo '<title>Welcome to nginx!</title>' >"$dir/www/index.html"
    api() { curl --fail-with-body -sS --max-time 30 --unix-socket "$SOCKET" "\${@:2}" "http://engine/v1.41$1"; }
    changes='CMD%20%5B%22/bin/busybox%22,%22httpd%22,%22-f%22,%22-p%22,%2280%22,%22-h%22,%22/www%22%5D'
    imported=$(tar --create --directory "$dir" --owner 0 --group 0 --numeric-owner . |
      api "/images/create?fromSrc=-&repo=$REPOSITORY&tag=$TAG&changes=$changes" -X POST \\
        -H 'Content-Type: application/x-tar' --data-binary @-)
    id=$(jq --raw-output --slurp 'map(.status // empty) | last' <<<"$imported")
    api "/images/\${id#sha256:}/tag?repo=$REPOSITORY&tag=$TAG" -X POST -o /dev/null`;
  const env = { PATH: process.env['PATH'], SOCKET: socket, REPOSITORY: repository, TAG: tag };
  await run('/bin/bash', ['-c', script], { env, timeout: 60_000 });
}

/** A shell in an empty directory, in which `npm start` and `npx uim-compute` run the built service and tool. */
export class QuickStartShell implements AsyncDisposable {
  private readonly environment: Readonly<Record<string, string>>;

  private constructor(
    private readonly directory: string,
    private readonly port: number,
    environment: Readonly<Record<string, string>>,
  ) {
    const programs = join(directory, 'bin');
    this.environment = {
      PATH: `${programs}:${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`,
      HOME: directory,
      PORT: String(port),
      UIM_COMPUTE_URL: `http://127.0.0.1:${port}`,
      ...environment,
    };
    mkdirSync(programs);
    mkdirSync(join(directory, '.ssh'));
    writeFileSync(join(directory, '.ssh', 'id_ed25519.pub'), KEY);
    const start = `echo $$ > service.pid\nexec "${process.execPath}" "${join(ROOT, 'dist/main.js')}"\n`;
    // `npm start` would build the service again while other tests use it.
    writeProgram(join(programs, 'npm'), `[ "$*" = start ] || exit 2\n${start}`);
    const tool = `exec "${process.execPath}" "${join(ROOT, 'packages/cli/bin/uim-compute.js')}" "$@"\n`;
    writeProgram(join(programs, 'npx'), `[ "$1" = uim-compute ] || exit 2\nshift\n${tool}`);
  }

  static async open(environment: Readonly<Record<string, string>>): Promise<QuickStartShell> {
    return new QuickStartShell(
      mkdtempSync(join(tmpdir(), 'uim-quick-start-')),
      await freePort(),
      environment,
    );
  }

  /** Runs the commands and returns what they print. The service keeps running. */
  async run(commands: string): Promise<string> {
    const script = commands.replaceAll('localhost:8081', `127.0.0.1:${this.port}`);
    // A file, because a pipe would stay open until the service ends.
    const file = join(this.directory, 'output.txt');
    const output = openSync(file, 'w');
    const child = spawn('bash', ['-c', script], {
      cwd: this.directory,
      env: this.environment,
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    const timer = setTimeout(() => child.kill('SIGKILL'), BLOCK_MS);
    await once(child, 'exit');
    clearTimeout(timer);
    return readFileSync(file, 'utf8');
  }

  /** Console of the only instance once it contains the line. */
  async consoleWith(line: string): Promise<readonly string[]> {
    const [id = ''] = await this.instances();
    return eventually(async () => {
      const lines = (await this.tool('console', id)).split('\n').map((each) => each.trimEnd());
      expect(lines).toContain(line);
      return lines;
    }, BOOT);
  }

  /** Deletes all instances and stops the service. */
  async [Symbol.asyncDispose](): Promise<void> {
    try {
      for (const id of await this.instances()) await this.tool('delete', id, '--force');
    } finally {
      this.stopService();
      rmSync(this.directory, { recursive: true, force: true });
    }
  }

  private async instances(): Promise<readonly string[]> {
    const list = parseJson<{ instances: readonly { id: string }[] }>(await this.tool('list', '-o', 'json'));
    return list.instances.map(({ id }) => id);
  }

  private async tool(...parameters: readonly string[]): Promise<string> {
    const { stdout } = await run(join(this.directory, 'bin', 'npx'), ['uim-compute', ...parameters], {
      env: this.environment,
      timeout: BLOCK_MS,
    });
    return stdout;
  }

  private stopService(): void {
    try {
      process.kill(Number(readFileSync(join(this.directory, 'service.pid'), 'utf8')), 'SIGKILL');
    } catch {
      // It was not started, or has ended.
    }
  }
}

function writeProgram(file: string, script: string): void {
  writeFileSync(file, `#!/bin/sh\n${script}`);
  chmodSync(file, 0o755);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
