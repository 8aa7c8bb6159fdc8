import type { InstanceEvent } from '../../src/compute/events';
import type { Instance } from '../../src/compute/instances';
import { startCli, type CliResult } from '../support/cli';
import type { Client } from '../support/client';
import { eventually } from '../support/eventually';
import { parseJson } from '../support/json';
import { FaultInjectingProxy } from '../support/fault-injecting-proxy';
import { newTenant, useApp } from '../support/use-app';

describe('uim-compute', () => {
  const app = useApp();
  let tenant: Client;
  const cli = (...args: readonly string[]): Promise<CliResult> =>
    startCli(app.url, tenant.tenantId, args).result;

  beforeEach(() => {
    tenant = app.as(newTenant());
  });

  it.each(['get', 'stop', 'delete', 'console', 'events', 'stats', 'operations'])(
    '%s rejects an empty name or ID, which would read the list',
    async (command) => {
      await tenant.create();
      expect(await cli(command, '')).toMatchObject({ code: 2, out: '' });
    },
  );

  it.each(['.', '..', 'web/../x'])(
    'takes %j for the name of an instance that does not exist',
    async (text) => {
      await tenant.create();
      expect(await cli('delete', text)).toMatchObject({ code: 3, out: '' });
    },
  );

  it('takes one value per repeatable option, so that the name may follow', async () => {
    const made = await cli(
      'create',
      '--flavor',
      'small',
      '--metadata',
      'a=b',
      '--metadata',
      'c=d',
      'web-2',
      '-o',
      'json',
    );
    expect(parseJson<Instance>(made.out)).toMatchObject({ name: 'web-2', metadata: { a: 'b', c: 'd' } });
  });

  it('prints its version', async () => {
    expect(await cli('--version')).toEqual({ code: 0, out: '1.0.0\n', err: '' });
  });

  it('creates, lists, starts, stops, restarts and deletes', async () => {
    const made = await cli(
      'create',
      'web-1',
      '--flavor',
      'small',
      '--metadata',
      'role=web',
      '--metadata',
      'a=b=c',
      '-o',
      'json',
    );
    const { id, metadata } = parseJson<Instance>(made.out);
    expect({ code: made.code, err: made.err, metadata }).toEqual({
      code: 0,
      err: '',
      metadata: { role: 'web', a: 'b=c' },
    });
    await tenant.reaches(id, 'running');
    const [titles, row] = (await cli('list', '--status', 'running')).out.split('\n');
    expect(titles).toMatch(/^ID +NAME +TYPE +FLAVOR +STATUS +ADDRESS +AGE$/);
    expect(row).toMatch(new RegExp(`^${id.slice(-8)}  web-1 +vm +small +running +- +\\d+s$`));
    for (const [verb, status] of [
      ['stop', 'stopped'],
      ['start', 'running'],
      ['stop', 'stopped'],
      ['restart', 'restarting'],
    ] as const) {
      expect(parseJson<Instance>((await cli(verb, id, '-o', 'json')).out).status).toBe(status);
    }
    await tenant.reaches(id, 'running');
    expect((await cli('get', id)).out).toMatch(/^metadata +a=b=c,role=web$/m);
    expect((await cli('operations', '--instance', id, '--limit', '2')).out).toMatch(/restart +succeeded/);
    expect(await cli('delete', id, '--force')).toEqual({ code: 0, out: '', err: '' });
    await tenant.isGone(id);
  });

  it('prints the JSON of the API', async () => {
    await tenant.create();
    const [instances, flavors] = await Promise.all([cli('list', '-o', 'json'), cli('flavors', '-o', 'json')]);
    expect(parseJson<{ instances: unknown[] }>(instances.out).instances).toHaveLength(1);
    expect(parseJson(flavors.out)).toEqual((await tenant.get('/flavors')).body);
  });

  it('explains refusals with a remedy and the request ID', async () => {
    const { id } = await tenant.createRunning();
    const [start, remove, flavor, missing] = await Promise.all([
      cli('start', id),
      cli('delete', id),
      cli('create', 'x', '--flavor', 'tiny'),
      cli('operations', 'x', '--verbose'),
    ]);
    const request = '\\(\\w+, request [0-9a-f-]{36}\\)';
    expect(start).toMatchObject({ code: 1, out: '' });
    expect(start.err).toMatch(
      new RegExp(
        `^error: Instance is not stopped\nIts status is running; it must be stopped.\n${request}\n$`,
      ),
    );
    expect(remove.err).toMatch(/^error: Cannot delete running instance\nStop it first, or pass --force.\n/);
    expect(flavor.err).toMatch(/^error: Invalid flavor\nAvailable flavors: small, medium, large, xlarge.\n/);
    expect(missing.code).toBe(3);
    expect(missing.err).toMatch(
      /^error: Operation not found\nTo list operations: uim-compute operations.\n.*\n{\n/,
    );
  });

  it('rejects invalid command lines', async () => {
    const lines = [['lst'], ['create', 'x'], ['list', '--limit', '0'], ['events'], ['list', '--url', 'x']];
    const results = await Promise.all(lines.map((line) => cli(...line)));
    expect(results.map(({ code, out }) => [code, out])).toEqual(lines.map(() => [2, '']));
    expect(results.filter(({ err }) => err === '')).toEqual([]);
  });

  it('distinguishes an unreachable service from a refusal', async () => {
    const lines = [['list'], ['events', '--follow']];
    const results = await Promise.all(
      lines.map((line) => startCli('http://127.0.0.1:9', 'acme', line).result),
    );
    expect(results.map(({ code }) => code)).toEqual([4, 4]);
    for (const { err } of results)
      expect(err).toMatch(
        /^error: cannot reach http:\/\/127.0.0.1:9 \(.+\)\nCheck that the service is running there/,
      );
  });

  it('replaces control characters in names', async () => {
    await tenant.create({ name: '\u001b[31mred\u202e' });
    expect((await cli('list')).out).toContain('\uFFFD[31mred\uFFFD');
  });
});

describe('uim-compute behind a fault-injecting proxy', () => {
  const app = useApp({ environment: { OPERATOR_TOKEN: 'operators' } });
  let tenant: Client;
  let proxy: FaultInjectingProxy;
  const cli = (...args: readonly string[]): Promise<CliResult> =>
    startCli(proxy.url, tenant.tenantId, args).result;
  const slow = ['--flavor', 'small', '--metadata', 'simulate.createDelayMs=600000'];

  beforeEach(async () => {
    tenant = app.as(newTenant());
    proxy = await FaultInjectingProxy.before(app.url);
  });
  afterEach(() => proxy.close());

  it('creates nothing twice if the response is lost', async () => {
    proxy.handler = (request, response) =>
      (proxy.seen.length === 1 ? proxy.cut : proxy.pass)(request, response);
    const { code, out } = await cli('create', 'web', '--flavor', 'small');
    const { instances } = (await tenant.get<{ instances: Instance[] }>('/instances')).body;
    expect(instances).toHaveLength(1);
    expect(code).toBe(0);
    expect(out).toContain(instances[0]?.id.slice(-8));
    const keys = proxy.seen.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toEqual([expect.stringMatching(/./), keys[0]]);
  });

  it('waits on the server for all created instances', async () => {
    const { code, out, err } = await cli('create', 'web', '--flavor', 'small', '--count', '2', '--wait');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/ web-1 .* running .*\n.* web-2 .* running /);
    expect(proxy.seen.map(({ url }) => url?.replace(/^.*[/](?=wait)/, ''))).toEqual([
      '/api/v1/compute/instances',
      'wait?status=running&timeoutSeconds=30',
      'wait?status=running&timeoutSeconds=30',
    ]);
  });

  it('stops waiting on timeout or failure and still prints the created instance', async () => {
    const lucky = ['--wait', '--timeout', '1'];
    const unlucky = ['--flavor', 'small', '--metadata', 'simulate.createError=no memory left', '--wait'];
    const [late, failed] = await Promise.all([
      cli('create', 'late', ...slow, ...lucky),
      cli('create', 'bad', ...unlucky),
    ]);
    expect(late.code).toBe(5);
    expect(late.err).toMatch(
      /^error: Instance .+ did not become running in time; it is creating\nTo wait again: /,
    );
    expect(late.out).toMatch(/ late .* creating /);
    expect(failed.code).toBe(1);
    expect(failed.err).toMatch(
      /^error: The instance is in error: create failed: no memory left\nFix the cause and rebuild it; /,
    );
    expect(failed.out).toMatch(/ bad .* error /);
  });

  it('follows an instance from its history into the stream until interrupted', async () => {
    const { id } = await tenant.createRunning();
    const other = await tenant.createRunning();
    const { child, printed, result } = startCli(app.url, tenant.tenantId, [
      ...['events', id, '--follow', '-o', 'json'],
    ]);
    const prints = (text: string): Promise<void> =>
      eventually(() => expect(printed()).toContain(text), { withinMs: 20_000 });
    await prints('"version":2');
    await tenant.post(`/instances/${other.id}/stop`);
    await tenant.post(`/instances/${id}/stop`);
    await prints('"version":4');
    child.kill('SIGINT');
    const { code, out, err } = await result;
    expect({ code, err }).toEqual({ code: 130, err: '' });
    const events = out
      .trim()
      .split('\n')
      .map((each) => parseJson<InstanceEvent>(each));
    expect(events.map(({ instanceId, version }) => [instanceId, version])).toEqual(
      [1, 2, 3, 4].map((version) => [id, version]),
    );
    expect((await cli('events', id)).out).toMatch(/ stop.succeeded +running -> stopped +tenant:/);
  });

  it('suggests flavors that fit, and prints quotas and capacity', async () => {
    const operator = { Authorization: 'Bearer operators' };
    await tenant.send('PUT', `/quotas/${tenant.tenantId}`, { instances: 5, vcpus: 3 }, operator);
    await tenant.create({ flavor: 'medium' });
    const [refused, quotas, capacity] = await Promise.all([
      cli('create', 'web', '--flavor', 'large'),
      cli('quotas'),
      cli('capacity'),
    ]);
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(
      /^error: Quota exceeded: .+\nFlavors that would fit: small. To see limits and usage: uim-compute quotas.\n/,
    );
    expect(quotas.out).toMatch(/^RESOURCE +USED +LIMIT\ninstances +1 +5\nvcpus +2 +3\nramGB +4 +unlimited\n/);
    expect(capacity.out).toMatch(
      /^FLAVOR +INSTANCES +FITS VM +FITS CONTAINER\nsmall +0 +1 +1\nmedium +1 +0 +0\n/,
    );
  });

  it('shows the GPUs of a flavor', async () => {
    const gpu = { name: 'gpu', vcpus: 4, ramGB: 16, diskGB: 100, gpus: 2, gpuModel: 'nvidia-l40s' };
    await tenant.post('/flavors', gpu, { Authorization: 'Bearer operators' });
    const { out } = await cli('flavors');
    expect(out).toMatch(/ GPUS +DESCRIPTION\nsmall +1 +1 +10 +- .*\n[^]*\ngpu +4 +16 +100 +2 nvidia-l40s$/m);
  });

  it('protects an instance, explains how to lift the protection, then deletes it', async () => {
    const { id } = parseJson<Instance>((await cli('create', 'db', ...slow, '--protect', '-o', 'json')).out);
    const refused = await cli('delete', id);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain(`Disable it with: uim-compute update ${id} --no-protect.`);
    const changes = [
      '--name',
      'db-1',
      '--metadata',
      'a=b',
      '--metadata',
      'simulate.createDelayMs=',
      '--no-protect',
    ];
    const changed = parseJson<Instance>((await cli('update', id, ...changes, '-o', 'json')).out);
    expect(changed).toMatchObject({ name: 'db-1', metadata: { a: 'b' }, deletionProtection: false });
    expect(await cli('delete', id, '--wait')).toEqual({ code: 0, out: '', err: '' });
    await tenant.isGone(id);
  });

  it('reports a key that was used for another request', async () => {
    await tenant.post('/instances', { name: 'a', flavor: 'small' }, { 'Idempotency-Key': 'k' });
    const { code, err } = await cli('create', 'b', '--flavor', 'small', '--idempotency-key', 'k');
    expect(code).toBe(1);
    expect(err).toMatch(/\nUse another --idempotency-key, /);
  });

  it('prints no secrets on errors', async () => {
    proxy.handler = (_, response) => void response.writeHead(500).end('no problem document');
    const { code, out, err } = await cli(
      ...['list', '--token', 'top-secret', '--gateway-token', 'inner-secret', '--verbose'],
    );
    expect(code).toBe(1);
    expect(out + err).not.toContain('secret');
    expect(proxy.seen[0]?.headers.authorization).toBe('Bearer top-secret');
  });
});
