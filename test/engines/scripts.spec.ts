import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startApp, type TestApp } from '../support/app';
import { Client } from '../support/client';
import { eventually } from '../support/eventually';
import { forContainerEngines, serving, TEST_IMAGE, type Engine } from '../support/engines';
import { pidOf } from '../support/engines/namespaces';

const run = promisify(execFile);
const DOWN = join(__dirname, '../../scripts/engines/down.sh');

const TIMEOUT = { timeout: 10_000 };

/** The settings that the script wrote for the service. */
function settingsOf({ dir }: Engine): Readonly<Record<string, string>> {
  const lines = readFileSync(join(dir, 'service.env'), 'utf8').trim().split('\n');
  return Object.fromEntries(
    lines.map((line) => {
      const [name = '', value = ''] = line.split('=');
      return [name, value];
    }),
  );
}

/** Mounts, processes, addresses and files on this machine that belong to the engine. */
function leftovers(engine: Engine, marker: string): readonly string[] {
  const mounts = readFileSync('/proc/self/mounts', 'utf8').split('\n');
  const processes = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry) && belongs(entry));
  return [
    ...mounts.filter((mount) => mount.includes(engine.dir)),
    ...processes.map((pid) => `process ${pid}`),
    ...Object.values(networkInterfaces()).flatMap((all = []) =>
      all.filter(({ address }) => address === engine.hostAddress).map(({ address }) => address),
    ),
    ...[engine.dir].filter((dir) => existsSync(dir)),
  ];

  function belongs(pid: string): boolean {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      return command.includes(`${engine.dir}/`) || command.includes(marker);
    } catch {
      // The process has ended in the meantime.
      return false;
    }
  }
}

forContainerEngines('the engine scripts', (start) => {
  let engine: Engine;
  let app: TestApp;
  let tenant: Client;
  beforeEach(async () => {
    engine = await start();
    app = await startApp({ environment: settingsOf(engine) });
    tenant = new Client(app.url, 'tenant-a');
  });
  afterEach(async () => {
    await app.close();
    await engine.stop();
  });

  it.each(['running', 'killed'])(
    'publish reachable ports, and take a %s engine down',
    async (state) => {
      const name = `served-${process.pid}-${state}`;
      const { id, ports } = await tenant.createRunning({
        name,
        type: 'container',
        imageId: TEST_IMAGE,
        container: { command: ['/bin/sh', '-c', serving(name)], ports: [{ port: 8080 }] },
      });
      const [port] = ports;
      await eventually(async () => {
        const { stdout } = await run('busybox', ['nc', port?.address ?? '', String(port?.hostPort)], TIMEOUT);
        expect(stdout).toBe(`hello from ${name}\n`);
      });
      const cgroups = readFileSync(`/proc/${await pidOf(engine.socket, id)}/cgroup`, 'utf8');
      const [cgroup] = /[0-9a-f]{64}/.exec(cgroups) ?? [];
      expect(leftovers(engine, name)).not.toEqual([]);

      if (state === 'killed') await engine.kill();
      await run(DOWN, [engine.dir]);
      await eventually(() => expect(leftovers(engine, name)).toEqual([]));
      const { stdout } = await run('find', ['/sys/fs/cgroup', '-name', `*${cgroup ?? 'missing'}*`]);
      expect(stdout).toBe('');
      await run(DOWN, [engine.dir]);
    },
    300_000,
  );

  it('do not touch a directory without an engine', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'uim-no-engine-'));
    const file = join(directory, 'file');
    await run('touch', [file]);
    await expect(run(DOWN, [directory])).rejects.toMatchObject({ code: 2 });
    expect(existsSync(file)).toBe(true);
    rmSync(directory, { recursive: true });
  });
});
