import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Instance } from '../../src/instances';
import { startCli, type CliResult } from '../support/cli';
import type { Client } from '../support/client';
import { parseJson } from '../support/json';
import { newTenant, useApp } from '../support/use-app';

describe('uim-compute', () => {
  const app = useApp();
  let tenant: Client;
  const cli = (...args: readonly string[]): Promise<CliResult> =>
    startCli(app.url, tenant.tenantId, args).result;

  beforeEach(() => {
    tenant = app.as(newTenant());
  });

  it('creates, lists, powers and deletes', async () => {
    const made = await cli(
      'create',
      'web-1',
      '--flavor',
      'small',
      '--metadata',
      'role=web',
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
    expect(titles).toMatch(/^ID +NAME +TYPE +FLAVOR +STATUS +CREATED$/);
    expect(row).toMatch(new RegExp(`^${id}  web-1 +vm +small +running +20`));
    for (const [verb, status] of [
      ['stop', 'stopped'],
      ['start', 'running'],
      ['stop', 'stopped'],
      ['restart', 'restarting'],
    ] as const) {
      expect(parseJson<Instance>((await cli(verb, id, '-o', 'json')).out).status).toBe(status);
    }
    await tenant.reaches(id, 'running');
    expect((await cli('get', id)).out).toMatch(/^metadata +a=b=c, role=web$/m);
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

  it('says of a refusal what to do and which request it was', async () => {
    const { id } = await tenant.createRunning();
    const [start, remove, flavor, missing] = await Promise.all([
      cli('start', id),
      cli('delete', id),
      cli('create', 'x', '--flavor', 'tiny'),
      cli('get', 'x', '--verbose'),
    ]);
    const request = '\\(\\w+, request [0-9a-f-]{36}\\)';
    expect(start).toMatchObject({ code: 1, out: '' });
    expect(start.err).toMatch(
      new RegExp(`^error: Instance is not stopped\nIt is running and has to be stopped. ${request}\n$`),
    );
    expect(remove.err).toMatch(/^error: Cannot delete running instance\nStop it first, or say --force. /);
    expect(flavor.err).toMatch(/^error: Invalid flavor\nThere are small, medium, large, xlarge. /);
    expect(missing.code).toBe(3);
    expect(missing.err).toMatch(
      /^error: Instance not found\nSee http:\S+\/api\/errors#instance_not_found. .*\n{\n/,
    );
  });

  it('tells a command line that makes no sense', async () => {
    const lines = [
      [],
      ['lst'],
      ['create', 'x'],
      ['list', '--limit', '0'],
      ['get'],
      ['events'],
      ['list', '--url', 'x'],
    ];
    const results = await Promise.all(lines.map((line) => cli(...line)));
    expect(results.map(({ code, out }) => [code, out])).toEqual(lines.map(() => [2, '']));
    expect(results.filter(({ err }) => err === '')).toEqual([]);
  });

  it('tells an absent service from a refusal', async () => {
    const { code, err } = await startCli('http://127.0.0.1:9', 'acme', ['list']).result;
    expect(code).toBe(4);
    expect(err).toMatch(/^error: cannot reach http:\/\/127.0.0.1:9 \(.+\)\nIs it running there\?/);
  });

  it('shows what a tenant named without obeying it', async () => {
    await tenant.create({ name: '\u001b[31mred\u202e' });
    expect((await cli('list')).out).toContain('\uFFFD[31mred\uFFFD');
  });

  it.each(['bash', 'zsh', 'fish'])('completes commands and options in %s', async (shell) => {
    const { code, out } = await cli('completion', shell);
    expect(code).toBe(0);
    for (const word of ['create', 'completion', 'flavor', 'restarting']) expect(out).toContain(word);
  });
});

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** What a service of the whole API answers, on routes that this one does not have yet. */
describe('uim-compute, by the contract', () => {
  let server: Server;
  let url: string;
  let handle: Handler;
  let seen: IncomingMessage[];

  beforeEach(async () => {
    seen = [];
    server = createServer((request, response) => {
      seen.push(request);
      request.resume().on('end', () => handle(request, response));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const answer = (response: ServerResponse, status: number, body: object): void => {
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  };
  const instance = (status: string, id = 'i-1') => ({
    id,
    name: 'web',
    type: 'vm',
    flavor: 'small',
    status,
    createdAt: 1_767_225_600,
  });
  const timeout = { code: 'wait_timeout', detail: 'not yet', status: 408, retryable: true, requestId: 'r' };

  it('sends a creation again whose answer was lost, with the same key', async () => {
    handle = (request, response) => {
      if (seen.length === 1) request.socket.destroy();
      else answer(response, 201, instance('creating'));
    };
    const { code, out } = await startCli(url, 'acme', ['create', 'web', '--flavor', 'small']).result;
    expect(code).toBe(0);
    expect(out).toContain('i-1');
    const keys = seen.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(2);
    expect(keys[0]).toMatch(/./);
    expect(keys[1]).toBe(keys[0]);
  });

  it('waits in the service for all that it created', async () => {
    let waits = 0;
    handle = (request, response) => {
      if (request.method === 'POST') {
        answer(response, 201, {
          instances: [instance('creating'), instance('creating', 'i-2')],
          operationIds: [],
        });
      } else if (++waits === 1) answer(response, 408, timeout);
      else answer(response, 200, instance('running', waits === 2 ? 'i-1' : 'i-2'));
    };
    const line = ['create', 'web', '--flavor', 'small', '--count', '2', '--wait'];
    const { code, out, err } = await startCli(url, 'acme', line).result;
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/i-1 .* running .*\ni-2 .* running /);
    expect(seen.map((request) => request.url?.split('?')[0])).toEqual([
      '/api/v1/compute/instances',
      '/api/v1/compute/instances/i-1/wait',
      '/api/v1/compute/instances/i-1/wait',
      '/api/v1/compute/instances/i-2/wait',
    ]);
  });

  it('ends waiting when its time is over, and still says what it created', async () => {
    handle = (request, response) => {
      if (request.method === 'POST') answer(response, 201, instance('creating'));
      else setTimeout(() => answer(response, 408, timeout), 1000);
    };
    const line = ['create', 'web', '--flavor', 'small', '--wait', '--timeout', '1'];
    const { code, out, err } = await startCli(url, 'acme', line).result;
    expect([code, err]).toEqual([5, 'error: web (i-1) was not running in time; it goes on by itself\n']);
    expect(out).toContain('i-1');
  });

  it('follows an instance from its history into the stream, until it is interrupted', async () => {
    const event = (version: number, instanceId = 'i-1') => ({
      instanceId,
      version,
      type: 'changed',
      from: 'creating',
      to: 'running',
      reason: null,
      at: 1_767_225_600,
    });
    handle = (request, response) => {
      if (request.url?.endsWith('/i-1/events')) {
        answer(response, 200, { events: [event(1), event(2)] });
        return;
      }
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      for (const each of [event(2), event(9, 'i-2'), event(3)])
        response.write(`data: ${JSON.stringify(each)}\n\n`);
    };
    const { child, result } = startCli(url, 'acme', ['events', 'i-1', '--follow', '-o', 'json']);
    child.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('"version":3')) child.kill('SIGINT');
    });
    const { code, out, err } = await result;
    expect({ code, err }).toEqual({ code: 130, err: '' });
    const versions = out
      .trim()
      .split('\n')
      .map((each) => parseJson<{ version: number }>(each).version);
    expect(versions).toEqual([1, 2, 3]);
  });

  it('shows quotas', async () => {
    const limits = { instances: 10, vcpus: -1, ramGB: 64, diskGB: -1, gpus: 0 };
    const usage = { instances: 3, vcpus: 4, ramGB: 8, diskGB: 80, gpus: 0 };
    handle = (_, response) => answer(response, 200, { tenantId: 'acme', limits, usage });
    const { out } = await startCli(url, 'acme', ['quotas']).result;
    expect(out).toMatch(/^RESOURCE +USED +LIMIT\ninstances +3 +10\nvcpus +4 +none\n/);
  });

  it('prints no secret, whatever fails', async () => {
    handle = (_, response) => response.writeHead(500).end('no problem document');
    const line = ['list', '--token', 'top-secret', '--gateway-token', 'inner-secret', '--verbose'];
    const { code, out, err } = await startCli(url, 'acme', line).result;
    expect(code).toBe(1);
    expect(out + err).not.toContain('secret');
    expect(seen[0]?.headers.authorization).toBe('Bearer top-secret');
  });
});
