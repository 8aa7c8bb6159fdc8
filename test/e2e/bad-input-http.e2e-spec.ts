import type { Instance } from '../../src/compute/instances';
import { ROUTED_ACTIONS } from '../../src/compute/instances/actions/actions';
import type { Client } from '../support/client';
import { expectProblem } from '../support/problem';
import { sendRaw, type RawResponse } from '../support/raw-http';
import { withTitles } from '../support/with-titles';
import { newTenant, useApp } from '../support/use-app';

const PATH = '/api/v1/compute/instances';

/** Raw bytes that no HTTP client would send. */
describe('bad input below JSON', () => {
  const app = useApp({ environment: { REQUEST_TIMEOUT_SECONDS: '1' } });
  let tenant: Client;
  let instance: Instance;

  beforeAll(async () => {
    tenant = app.as(newTenant());
    instance = await tenant.createRunning();
  });

  /** The service still works, and nothing was created or changed. */
  afterEach(async () => {
    expect((await tenant.get('/instances')).body).toEqual({ instances: [instance] });
  });

  const send = (head: readonly string[], ...body: readonly (string | Buffer)[]): Promise<RawResponse> =>
    sendRaw(app.url, `${head.join('\r\n')}\r\n\r\n`, ...body);
  const post = (...headers: readonly string[]) => [`POST ${PATH} HTTP/1.1`, 'Host: x', ...headers];
  const get = (target: string, ...headers: readonly string[]) => [
    `GET ${target} HTTP/1.1`,
    'Host: x',
    ...headers,
  ];

  describe('paths', () => {
    it.each(['%', '%2', '%zz', '%ff', '%C3', '%ED%A0%80', '%c0%af', 'a%', '%E0%A4%A'])(
      'with the broken percent-encoding %s are refused',
      async (id) => {
        const malformed = { status: 400, code: 'malformed_url' };
        for (const path of [
          `${PATH}/${id}`,
          `/api/v1/compute/operations/${id}`,
          `/api/v1/compute/flavors/${id}`,
        ]) {
          expectProblem(await send(get(path)), malformed);
        }
        for (const verb of ROUTED_ACTIONS) {
          const head = [`POST ${PATH}/${id}/${verb} HTTP/1.1`, 'Host: x', 'Content-Length: 0'];
          expectProblem(await send(head), malformed);
        }
      },
    );

    it.each(
      withTitles([
        '1',
        'null',
        'undefined',
        '%00',
        '..',
        '%2e%2e',
        '%2F',
        "'%20OR%201=1--",
        'x'.repeat(8000),
        '%F0%9F%9A%80',
        '{id}',
        '019342d0-3f79-7d02-8b1a-77c3a0e5f2a4%00',
      ]),
    )('with the invalid ID %s find no instance', async (_, id) => {
      for (const method of ['GET', 'PATCH', 'DELETE']) {
        const body = method === 'PATCH' ? '{"name":"x"}' : '';
        const head = [`${method} ${PATH}/${id} HTTP/1.1`, 'Host: x', `Content-Length: ${body.length}`];
        const type = method === 'PATCH' ? ['Content-Type: application/json'] : [];
        const answer = await send([...head, ...type], body);
        expectProblem(answer, { status: 404 });
      }
    });

    it('without a route get a problem document, even with odd characters', async () => {
      for (const path of [
        '/',
        '/nothing',
        '/api/v1/compute',
        `${PATH}/${instance.id}/nothing`,
        '/%',
        '/<script>',
        `/${'x'.repeat(9000)}`,
      ]) {
        const { instance: echoed } = expectProblem(await send(get(path)), {
          status: 404,
          code: 'route_not_found',
        });
        expect(echoed).toBe(path.slice(0, 512));
      }
      for (const method of ['PUT', 'TRACE', 'PROPFIND']) {
        const head = [`${method} ${PATH} HTTP/1.1`, 'Host: x', 'Content-Length: 0'];
        const answer = await send(head);
        expectProblem(answer, { status: 405, code: 'method_not_allowed' });
        expect(answer.headers.get('allow')).toBe('GET, HEAD, POST');
      }
    });

    it.each([
      ['POST', `/health`, 'GET, HEAD'],
      ['DELETE', '/api/docs', 'GET, HEAD'],
      ['PUT', `${PATH}/any`, 'DELETE, GET, HEAD, PATCH'],
      ['GET', `${PATH}/any/start`, 'POST'],
      ['PATCH', '/api/v1/compute/quotas/any', 'GET, HEAD, PUT'],
      ['OPTIONS', '/api/v1/compute/flavors', 'GET, HEAD, POST'],
      ['PUT', 'http://x/api/v1/compute/flavors?a=b', 'GET, HEAD, POST'],
    ])('answer %s %s with 405 and the allowed methods', async (method, path, allow) => {
      const answer = await send([`${method} ${path} HTTP/1.1`, 'Host: x', 'Content-Length: 0']);
      expectProblem(answer, { status: 405, code: 'method_not_allowed' });
      expect(answer.headers.get('allow')).toBe(allow);
    });

    it('with nonsensical queries are served or refused, never fail', async () => {
      for (const query of [
        '%',
        '%ff',
        'name=%',
        'name=%ED%A0%80',
        '=&&=',
        '?',
        'a[b]=c',
        'metadata[k]=v',
        '&'.repeat(5000),
      ]) {
        const { status, text } = await send(get(`${PATH}?${query}`));
        expect([200, 400]).toContain(status);
        expect(text).toMatch(/^\{.*\}$/);
      }
    });
  });

  describe('tenant headers', () => {
    const invalid = { status: 400, code: 'invalid_tenant' };
    const headed = (...lines: readonly string[]) => send(get(PATH, ...lines));

    it.each(
      withTitles([
        'a b',
        'a,b',
        'a/b',
        '../b',
        "a'b",
        'tenänt',
        '*',
        'a;b',
        'a%20b',
        '\u00a0',
        'x'.repeat(129),
        'x'.repeat(10_000),
      ]),
    )('with the value %s are refused', async (_, value) => {
      expectProblem(await headed(`X-Tenant-ID: ${value}`), invalid);
    });

    it.each(withTitles(['a', 'A.b_c:d-9', 'x'.repeat(128), '...', '0']))(
      'with the value %s are accepted',
      async (_, value) => {
        expect((await headed(`X-Tenant-ID: ${value}`)).status).toBe(200);
      },
    );

    it('that are repeated are refused', async () => {
      expectProblem(await headed('X-Tenant-ID: a', 'X-Tenant-ID: b'), invalid);
      expectProblem(await headed('X-Tenant-ID: a', 'x-tenant-id: a'), invalid);
    });

    it('are trimmed', async () => {
      const answer = await headed(`X-Tenant-ID:   ${tenant.tenantId}\t `);
      expect(answer.text).toContain(instance.id);
      expect((await headed('X-Tenant-ID:    ')).text).toBe('{"instances":[]}');
    });

    it.each(withTitles(['\u0000', '\u0001', '\n', '\r', '\u007f', '\u001b']))(
      'with the control character %s are refused',
      async (_, character) => {
        const answer = await headed(`X-Tenant-ID: ${tenant.tenantId}${character}x`);
        expectProblem(answer, { status: 400 });
      },
    );
  });

  describe('framing', () => {
    it('with a missing or partial body or head is answered 408 after the timeout', async () => {
      const started = performance.now();
      const json = 'Content-Type: application/json';
      const [nothing, half, chunked, headers] = await Promise.all([
        send(post('Content-Length: 50', json)),
        send(post('Content-Length: 50', json), '{"name":"web",'),
        send(post('Transfer-Encoding: chunked', json), '5\r\n{"nam'),
        sendRaw(app.url, `POST ${PATH} HTTP/1.1\r\nHost: x\r\nX-Tenant-ID: a`),
      ]);
      for (const answer of [nothing, half, chunked, headers]) {
        expectProblem(answer, { status: 408, code: 'request_timeout' });
        expect(answer.headers.get('connection')).toBe('close');
      }
      expect(performance.now() - started).toBeGreaterThan(900);
    });

    it('with an unknown expectation is answered 417', async () => {
      const expectation = { status: 417, code: 'expectation_failed' };
      expectProblem(await send(get(PATH, 'Expect: 200-maybe')), expectation);
      expectProblem(await send(post('Expect: 200-maybe', 'Content-Length: 2'), '{}'), expectation);
      const head = post('Expect: 100-continue', 'Content-Length: 2', 'Content-Type: application/json');
      const continued = await sendRaw(app.url, `${head.join('\r\n')}\r\n\r\n`, '{}');
      expect(continued.raw).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 400 /);
    });

    it('for a CONNECT tunnel is answered 400', async () => {
      expectProblem(await sendRaw(app.url, 'CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n'), { status: 400 });
    });

    it('with headers that are too large is answered 431', async () => {
      const large = `X-Large: ${'x'.repeat(20_000)}`;
      expectProblem(await send(get(PATH, large)), { status: 431, code: 'headers_too_large' });
      const many = Array.from({ length: 2000 }, (_, index) => `X-${index}: ${index}`);
      expectProblem(await send(get(PATH, ...many)), { status: 431, code: 'headers_too_large' });
    });

    it.each([
      ['no HTTP at all', 'hello\r\n\r\n'],
      ['a TLS handshake', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001'],
      ['an unknown method', `FETCH ${PATH} HTTP/1.1\r\nHost: x\r\n\r\n`],
      ['an unknown version', `GET ${PATH} HTTP/9.9\r\nHost: x\r\n\r\n`],
      ['no host', `GET ${PATH} HTTP/1.1\r\n\r\n`],
      ['a header without a colon', `GET ${PATH} HTTP/1.1\r\nHost: x\r\nnonsense\r\n\r\n`],
      ['a space in the path', `GET ${PATH}/a b HTTP/1.1\r\nHost: x\r\n\r\n`],
      ['a length that is no number', `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: ten\r\n\r\n`],
      ['a negative length', `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n`],
      ['two lengths', `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}`],
      [
        'a length and chunks, as for smuggling',
        `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      ],
      [
        'a chunk of no size',
        `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`,
      ],
    ])('with %s is answered 400', async (_, bytes) => {
      expectProblem(await sendRaw(app.url, Buffer.from(bytes, 'latin1')), { status: 400 });
    });

    it('of a client that disconnects within the body is dropped', async () => {
      const { hostname, port } = new URL(app.url);
      const { connect } = await import('node:net');
      await new Promise<void>((resolve) => {
        const socket = connect(Number(port), hostname, () => {
          socket.write(
            `${post('Content-Length: 50', 'Content-Type: application/json').join('\r\n')}\r\n\r\n{`,
          );
          socket.end(() => socket.destroy());
        });
        socket.on('close', () => resolve());
      });
      expect((await tenant.get(`/instances/${instance.id}`)).status).toBe(200);
    });
  });
});
