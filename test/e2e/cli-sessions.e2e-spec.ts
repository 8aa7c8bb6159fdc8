import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CLI, pipeThroughCli, startCli, type CliProcess, type CliResult } from '../support/cli';
import type { Client } from '../support/client';
import { eventually } from '../support/eventually';
import { startInTerminal } from '../support/pseudo-terminal';
import { newTenant, useApp } from '../support/use-app';

describe('uim-compute exec', () => {
  const app = useApp();
  const tenantId = newTenant();
  let tenant: Client;
  let id: string;
  beforeAll(async () => {
    tenant = app.as(tenantId);
    ({ id } = await tenant.createRunning());
  });
  const cli = (...args: readonly string[]): CliProcess => startCli(app.url, tenantId, args);
  const ends = async (): Promise<readonly (string | null)[]> => {
    const { body } = await tenant.get<{ events: { type: string; reason: string | null }[] }>(
      `/instances/${id}/events`,
    );
    return body.events.flatMap(({ type, reason }) => (type === 'session.closed' ? [reason] : []));
  };

  it.each([
    [['echo', 'hello', 'ö'], { code: 0, out: 'hello ö\n', err: '' }],
    [['exit', '3'], { code: 3, out: '', err: '' }],
    [['sh', '-c', 'echo killed; exit 137'], { code: 137, out: 'killed\n', err: '' }],
    [['none'], { code: 127, out: '', err: 'none: not found\n' }],
  ])('runs %j with its output, errors and exit code', async (command, result) => {
    expect(await cli('exec', id, '--', ...command).result).toEqual(result);
  });

  it('passes the environment, and TERM only to a command with a terminal', async () => {
    const environment = { TERM: 'xterm-256color' };
    const of = (...options: readonly string[]) =>
      startCli(app.url, tenantId, ['exec', id, ...options, '--', 'env'], environment).result;
    const [plain, terminal] = await Promise.all([of('-e', 'A=1', '-e', 'B=x y'), of('-t')]);
    expect(plain).toMatchObject({ code: 0, out: 'A=1\nB=x y\n' });
    expect(terminal).toMatchObject({ code: 0, out: 'TERM=xterm-256color\r\n' });
  });

  it('passes 1 MB of standard input and output, byte for byte', async () => {
    const input = randomBytes(1_048_576);
    const { code, out } = await pipeThroughCli(app.url, tenantId, ['exec', id, '-i', '--', 'cat'], input);
    expect([code, out.equals(input)]).toEqual([0, true]);
  });

  it('gives the command no input without -i', async () => {
    expect(await cli('exec', id, '--', 'cat').result).toEqual({ code: 0, out: '', err: '' });
  });

  it('ends the command when it is interrupted, or when nothing reads its output', async () => {
    const sleeping = cli('exec', id, '--', 'sh', '-c', 'echo begun; sleep 1000');
    await eventually(() => expect(sleeping.printed()).toBe('begun\n'));
    sleeping.child.kill('SIGINT');
    expect(await sleeping.result).toEqual({ code: 130, out: 'begun\n', err: '' });
    await eventually(async () => expect((await ends()).at(-1)).toMatch(/the client disconnected$/));
    const before = (await ends()).length;
    const pipeline = `"${process.execPath}" "${CLI}" exec ${id} -- yes | head -c 2`;
    const { printed, ended } = startInTerminal(pipeline, {
      UIM_COMPUTE_URL: app.url,
      UIM_COMPUTE_TENANT: tenantId,
    });
    expect(await ended).toBe(0);
    expect(printed()).toBe('y\r\n');
    await eventually(async () => expect(await ends()).toHaveLength(before + 1));
  });

  it('reports refusals of the service before and during the connection', async () => {
    const stopped = await tenant.createStopped();
    const broken = await tenant.createRunning({ metadata: { 'simulate.execError': 'out of order' } });
    const [unknown, off, refused, withoutTerminal, withoutCommand] = await Promise.all([
      cli('exec', 'nothing', '--', 'true').result,
      cli('exec', stopped.id, '--', 'true').result,
      cli('exec', broken.id, '--', 'true').result,
      cli('exec', id, '-it', '--', 'sh').result,
      cli('exec', id).result,
    ]);
    expect([unknown.code, off.code, refused.code]).toEqual([3, 1, 1]);
    expect(off.err).toMatch(/^error: Instance is not running\nIts status is stopped; it must be running\.\n/);
    expect(refused.err).toMatch(/^error: .*out of order\n.*\n\(engine_refused, request [0-9a-f-]{36}\)\n$/);
    expect(withoutTerminal).toEqual({
      code: 2,
      out: '',
      err: 'error: exec -it needs a terminal as input and output\n',
    });
    expect(withoutCommand.code).toBe(2);
  });

  it('reports the end of the session if it comes before that of the command', async () => {
    const { id: other } = await tenant.createRunning();
    const sleeping = cli('exec', other, '--', 'sh', '-c', 'echo begun; sleep 1000');
    await eventually(() => expect(sleeping.printed()).toBe('begun\n'));
    await tenant.post(`/instances/${other}/stop`);
    expect(await sleeping.result).toEqual({
      code: 1,
      out: 'begun\n',
      err: 'error: the session ended before the command\n',
    });
  });
});

/** A service with one instance, which publishes port 22 at this address. */
function serviceWith(address: string, defaultUser: string | null): Server {
  const ports = [
    { port: 22, protocol: 'udp', address: '192.0.2.1', hostPort: 1 },
    { port: 22, protocol: 'tcp', address, hostPort: 32_768 },
  ];
  return createServer((request, response) => {
    response.setHeader('Content-Type', 'application/json');
    const isImages = request.url?.includes('/images') ?? false;
    const body = isImages
      ? { images: [{ id: 'debian-12', name: 'Debian', defaultUser }] }
      : { name: 'web', status: 'running', imageId: 'debian-12', ports };
    response.end(JSON.stringify(body));
  });
}

describe('uim-compute ssh', () => {
  const id = '019342d0-3f79-7d02-8b1a-77c3a0e5f2a4';
  const directory = mkdtempSync(join(tmpdir(), 'ssh-'));
  const environment = { PATH: `${directory}:${process.env['PATH'] ?? ''}` };
  const servers: Server[] = [];
  beforeAll(() => {
    // Prints its arguments, one a line.
    writeFileSync(join(directory, 'ssh'), '#!/bin/sh\nfor each; do echo "[$each]"; done\nexit 7\n');
    chmodSync(join(directory, 'ssh'), 0o755);
  });
  afterAll(() => {
    for (const server of servers) server.close();
    rmSync(directory, { recursive: true, force: true });
  });
  const ssh = async (
    { address = '192.0.2.7', defaultUser = null }: { address?: string; defaultUser?: string | null },
    ...args: readonly string[]
  ): Promise<CliResult> => {
    const server = serviceWith(address, defaultUser).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    const at = server.address();
    const port = typeof at === 'object' && at !== null ? at.port : 0;
    return startCli(`http://127.0.0.1:${port}`, 'acme', ['ssh', id, ...args], environment).result;
  };

  it('runs ssh at the published port as the user of the image, and exits as it does', async () => {
    expect(await ssh({ defaultUser: 'debian' })).toEqual({
      code: 7,
      out: '[-p]\n[32768]\n[debian@192.0.2.7]\n',
      err: '',
    });
  });

  it('passes arguments as they are, without a shell', async () => {
    const { out } = await ssh({ address: 'fe80::1%eth0' }, '--', '-v', 'echo $HOME; id');
    expect(out).toBe('[-p]\n[32768]\n[fe80::1%eth0]\n[-v]\n[echo $HOME; id]\n');
  });

  it.each(['-oProxyCommand=id', 'a b', '$(id)', ''])('refuses the user %j', async (user) => {
    const refusal = { code: 2, out: '', err: `error: ${user} is not the name of a user\n` };
    expect(await ssh({}, `--user=${user}`)).toEqual(refusal);
  });

  it.each(['-oProxyCommand=id', 'a b', '$(id)', ''])('refuses the address %j', async (address) => {
    const err = `error: the service reported an unusable address: ${address}\n`;
    expect(await ssh({ address })).toEqual({ code: 1, out: '', err });
  });

  describe('for an instance without published ports', () => {
    const app = useApp();

    it('says so', async () => {
      const tenantId = newTenant();
      const { id: other, name } = await app.as(tenantId).createRunning();
      expect(await startCli(app.url, tenantId, ['ssh', other]).result).toEqual({
        code: 1,
        out: '',
        err: `error: ${name} does not publish port 22; create it with --port 22\n`,
      });
    });
  });
});
