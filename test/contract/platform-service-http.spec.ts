import { once, setMaxListeners } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { HttpService } from '@nestjs/axios';
import axios from 'axios';
import { PlatformServiceError } from '../../src/integrations';
import { readResource } from '../../src/integrations/http/resource-responses';
import { UnexpectedResponseError, type Call } from '../../src/integrations/http/call';
import { PlatformServiceHttp } from '../../src/integrations/http/platform-service.http';
import { eventually } from '../support/eventually';
import { NetworkPeer } from '../support/peers/network.peer';

/** On a busy machine, long enough for immediate answers to arrive and for the open circuit to be observed. */
const TIMEOUT_MS = 2000;
const OPEN_MS = 2000;
const LIST: Call<number> = {
  what: 'list networks',
  method: 'GET',
  path: '/api/v1/network/networks',
  isRepeatable: false,
  read: (status) => status,
};

describe('many concurrent calls to a service that never answers', () => {
  const ASKED = 700;
  const SENT = 64;
  const WAITING = 512;

  it('are bounded: excess calls are rejected at once, and the others end when it closes the connections', async () => {
    const peer = await NetworkPeer.start();
    // Long enough that no call times out during the test.
    const http = new PlatformServiceHttp(new HttpService(axios.create()), {
      service: 'Network',
      url: peer.url,
      timeoutMs: 600_000,
      circuit: { failures: 3, openMs: 600_000 },
    });
    await peer.fail('hang');
    const reasons: string[] = [];
    const calls = Array.from({ length: ASKED }, () =>
      http
        .call({ tenantId: 'a', signal: new AbortController().signal }, LIST)
        .catch((error: unknown) => reasons.push(String(error))),
    );
    await eventually(() =>
      expect([reasons.length, peer.received.length]).toEqual([ASKED - SENT - WAITING, SENT]),
    );
    expect(reasons.filter((reason) => !reason.includes('too many calls'))).toEqual([]);
    await peer.fail('refuse');
    await Promise.all(calls);
    expect([reasons.length, peer.received.length]).toEqual([ASKED, SENT]);
    http.close();
    await peer.stop();
  });
});

describe('calls of two tenants', () => {
  it('take turns, even if one tenant has filled its queue', async () => {
    const held: ServerResponse[] = [];
    const tenants: unknown[] = [];
    let isOpen = false;
    const answer = (response: ServerResponse): unknown => response.writeHead(200).end('[]');
    const server = createServer((request, response) => {
      tenants.push(request.headers['x-tenant-id']);
      if (isOpen) answer(response);
      else held.push(response);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const http = new PlatformServiceHttp(new HttpService(axios.create()), {
      service: 'Network',
      url: `http://127.0.0.1:${address.port}`,
      timeoutMs: 600_000,
      circuit: { failures: 3, openMs: 600_000 },
    });
    const call = (tenantId: string): Promise<unknown> =>
      http.call({ tenantId, signal: new AbortController().signal }, LIST);
    const burst = Array.from({ length: 64 + 512 }, () => call('a').catch(String));
    await eventually(() => expect(held.length).toBe(64));
    const other = call('b');
    // Evicts the newest call of the burst.
    expect(await burst.at(-1)).toContain('too many calls');
    held.splice(0, 2).forEach(answer);
    await eventually(() => expect(tenants.slice(64)).toEqual(expect.arrayContaining(['a', 'b'])));
    expect(tenants).toHaveLength(66);
    isOpen = true;
    held.splice(0).forEach(answer);
    await expect(other).resolves.toBe(200);
    await Promise.all(burst);
    http.close();
    server.closeAllConnections();
    server.close();
  }, 180_000);
});

describe('a call to a platform service', () => {
  let peer: NetworkPeer;
  let http: PlatformServiceHttp;

  beforeEach(async () => {
    peer = await NetworkPeer.start();
    http = new PlatformServiceHttp(new HttpService(axios.create()), {
      service: 'Network',
      url: peer.url,
      timeoutMs: TIMEOUT_MS,
      circuit: { failures: 3, openMs: OPEN_MS },
    });
  });
  afterEach(async () => {
    http.close();
    await peer.stop();
  });

  const call = (signal = new AbortController().signal) => http.call({ tenantId: 'a', signal }, LIST);
  const open = async () => {
    await peer.fail('error500');
    for (let turn = 0; turn < 3; turn++) await expect(call()).rejects.toThrow('it returned status 500');
    await expect(call()).rejects.toThrow('circuit open');
  };

  it('ends in time while another call probes the half-open circuit', async () => {
    await open();
    await peer.heal();
    await peer.fail('hang');
    await eventually(async () => expect((await http.state()).status).not.toBe('circuit_open'));
    const started = performance.now();
    const ended = await Promise.allSettled(Array.from({ length: 10 }, () => call()));
    expect(ended.every(({ status }) => status === 'rejected')).toBe(true);
    expect(performance.now() - started).toBeLessThan(TIMEOUT_MS * 10);
  });

  it('keeps the circuit closed when callers abort', async () => {
    await peer.fail('hang');
    for (let turn = 0; turn < 5; turn++) {
      const gone = new AbortController();
      const pending = call(gone.signal);
      gone.abort();
      await expect(pending).rejects.toThrow(PlatformServiceError);
    }
    await peer.heal();
    await expect(call()).resolves.toBe(200);
  });

  it('proceeds behind many calls that were aborted', async () => {
    await peer.fail('hang');
    const gone = new AbortController();
    setMaxListeners(0, gone.signal);
    const given = Array.from({ length: 200 }, () => call(gone.signal));
    const patient = Array.from({ length: 20 }, () => call());
    gone.abort();
    for (const one of given) await expect(one).rejects.toThrow(PlatformServiceError);
    await peer.heal();
    await Promise.allSettled(patient);
    await eventually(async () => expect(await call()).toBe(200));
  });

  it('succeeds again after a state check has closed the circuit', async () => {
    await open();
    expect((await http.state()).status).toBe('circuit_open');
    await peer.heal();
    await eventually(async () => expect((await http.state()).status).toBe('up'));
    await expect(call()).resolves.toBe(200);
  });

  it('is neither repeated nor counted as a failure after a 404', async () => {
    const refused = { ...LIST, path: '/nothing' };
    for (let turn = 0; turn < 5; turn++) {
      expect(await http.call({ signal: new AbortController().signal }, refused)).toBe(404);
    }
    expect(peer.received).toHaveLength(5);
  });
});

describe('a response from a platform service', () => {
  const answers: Record<string, { readonly status: number; readonly text: string }> = {
    '/refused': { status: 400, text: '{"error":"no such range"}' },
    '/proxy': { status: 400, text: '<html>' },
    '/large': { status: 200, text: JSON.stringify({ id: 'x', metadata: { filler: 'y'.repeat(200_000) } }) },
    '/deep': { status: 200, text: `{"id":"x","metadata":${'['.repeat(60_000)}${']'.repeat(60_000)}}` },
  };
  const server = createServer(({ url = '' }, response) => {
    const { status, text } = answers[url] ?? { status: 500, text: '' };
    response.writeHead(status).end(text);
  });
  let http: PlatformServiceHttp;

  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    http = new PlatformServiceHttp(new HttpService(axios.create()), {
      service: 'Network',
      url: `http://127.0.0.1:${address.port}`,
      timeoutMs: 2000,
      circuit: { failures: 3, openMs: 60_000 },
    });
  });
  afterAll(async () => {
    http.close();
    server.closeAllConnections();
    await once(server.close(), 'close');
  });

  const answer = (path: string) =>
    http.call(
      { tenantId: 'a', signal: new AbortController().signal },
      {
        ...LIST,
        path,
        what: 'look up network x',
        read: (status, body) => {
          if (status !== 200) throw new UnexpectedResponseError(`it returned status ${status}`);
          return readResource(body, 0);
        },
      },
    );

  it('that rejects the request is reported as a rejection and keeps the circuit closed', async () => {
    for (let turn = 0; turn < 5; turn++) {
      await expect(answer('/refused')).rejects.toMatchObject({
        code: 'network_refused',
        status: 400,
        message: 'The Network service refused to look up network x: no such range',
      });
    }
  });

  it('that is larger than any network is not read and keeps the circuit closed', async () => {
    for (let turn = 0; turn < 5; turn++) {
      await expect(answer('/large')).rejects.toMatchObject({ code: 'network_unavailable' });
    }
    await expect(answer('/refused')).rejects.toMatchObject({ code: 'network_refused' });
  });

  it('that is deeply nested does no harm', async () => {
    await expect(answer('/deep')).resolves.toEqual(expect.objectContaining({ id: 'x' }));
  });

  it('from a proxy in between counts as a failure of the service', async () => {
    await expect(answer('/proxy')).rejects.toMatchObject({ code: 'network_unavailable' });
  });
});
