import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { MonitoringPeer } from '../support/peers/monitoring.peer';
import { NetworkPeer } from '../support/peers/network.peer';
import { StoragePeer } from '../support/peers/storage.peer';
import { ServiceProcess } from '../support/service';
import { isAsShown, shellBlocksOf, type ShellBlock } from './shell-blocks';

const ROOT = join(__dirname, '..', '..');
const SESSION_MS = 120_000;
const OPERATOR_TOKEN = 'operator-token-of-this-test';

const DOCUMENTS = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]
  .map((name) => ({ name, blocks: shellBlocksOf(readFileSync(join(ROOT, name), 'utf8')) }))
  .filter(({ blocks }) => blocks.some(isRunnable));

/** Runs documented commands with all services, and with `uim-compute` as npm installs it. */
class Terminal {
  private constructor(
    private readonly service: ServiceProcess,
    private readonly peers: readonly [storage: StoragePeer, network: NetworkPeer, monitoring: MonitoringPeer],
    private readonly database: TestDatabase,
    private readonly programs: string,
  ) {}

  static async open(): Promise<Terminal> {
    const database = await createTestDatabase('embedded');
    const storage = await StoragePeer.start();
    const network = await NetworkPeer.start();
    const monitoring = await MonitoringPeer.start();
    const service = await ServiceProcess.start({
      ...database.environment,
      OPERATOR_TOKEN,
      // Long enough that the next request arrives during the restart, even on a busy machine.
      RESTART_DELAY_MS: '10000',
      STORAGE_SERVICE_URL: storage.url,
      NETWORK_SERVICE_URL: network.url,
      MONITORING_SERVICE_URL: monitoring.url,
      WEBHOOK_ALLOW_HTTP: 'true',
      WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
    });
    const programs = mkdtempSync(join(tmpdir(), 'documentation-'));
    const command = `#!/bin/sh\nexec "${process.execPath}" "${join(ROOT, 'packages/cli/bin/uim-compute.js')}" "$@"\n`;
    writeFileSync(join(programs, 'uim-compute'), command, { mode: 0o755 });
    return new Terminal(service, [storage, network, monitoring], database, programs);
  }

  /** Runs blocks one after the other in one shell, which exits at an unset variable. */
  async run(blocks: readonly ShellBlock[]): Promise<ReadonlyMap<ShellBlock, string>> {
    const runnable = blocks.filter(isRunnable);
    const marker = `-- end of block ${process.pid} --`;
    const script = runnable.map(({ commands }) => `${commands}\necho; echo '${marker}'\n`).join('');
    const outputs = this.asDocumented(await this.bash(`exec 2>&1\n${this.asStarted(script)}`)).split(marker);
    return new Map(runnable.map((block, index) => [block, outputs[index] ?? '(not reached)']));
  }

  async close(): Promise<void> {
    await this.service.stop();
    await Promise.all(this.peers.map((peer) => peer.stop()));
    await this.database.remove();
    rmSync(this.programs, { recursive: true, force: true });
  }

  /** Returns everything printed, even if the shell exited early. */
  private async bash(script: string): Promise<string> {
    const env = {
      PATH: `${this.programs}:${process.env['PATH'] ?? ''}`,
      HOME: this.programs,
      UIM_COMPUTE_URL: this.service.url,
      OPERATOR_TOKEN,
    };
    const child = spawn('bash', ['-uc', script], { env, cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
    const timer = setTimeout(() => child.kill('SIGKILL'), SESSION_MS);
    const [output] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    clearTimeout(timer);
    return output;
  }

  /** Documented URLs with the URLs of the running services. */
  private get urls(): readonly (readonly [documented: string, started: string])[] {
    const [storage, network, monitoring] = this.peers;
    return [
      ['http://localhost:8081', this.service.url],
      ['http://localhost:8082', storage.url],
      ['http://localhost:8083', network.url],
      ['http://localhost:8085', monitoring.url],
    ];
  }

  private asStarted(script: string): string {
    return this.urls.reduce(
      (result, [documented, started]) => result.replaceAll(documented, started),
      script,
    );
  }

  private asDocumented(output: string): string {
    return this.urls.reduce(
      (result, [documented, started]) => result.replaceAll(started, documented),
      output,
    );
  }
}

describe.each(DOCUMENTS)('$name shows the actual output', ({ blocks }) => {
  let terminal: Terminal;
  let outputs: ReadonlyMap<ShellBlock, string>;

  beforeAll(async () => {
    terminal = await Terminal.open();
    outputs = await terminal.run(blocks);
  }, SESSION_MS + 60_000);

  afterAll(() => terminal.close());

  // The document itself says why a block is not run.
  const runnable = blocks
    .filter(isRunnable)
    .map((block) => ({ block, title: `line ${block.line}: ${firstLineOf(block)}` }));

  it.each(runnable)('$title', ({ block }) => {
    const output = outputs.get(block) ?? '';
    // A mismatch prints both texts.
    expect(isAsShown(output, block.shown) ? block.shown : output).toBe(block.shown);
  });
});

function isRunnable({ notRun, engine }: ShellBlock): boolean {
  return notRun === undefined && engine === undefined;
}

function firstLineOf({ commands }: ShellBlock): string {
  return commands.split('\n')[0] ?? '';
}
