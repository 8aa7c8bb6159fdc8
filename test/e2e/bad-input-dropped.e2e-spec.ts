import type { Instance } from '../../src/compute/instances';
import type { Client } from '../support/client';
import { expectProblem } from '../support/problem';
import { sendRaw, type RawResponse } from '../support/raw-http';
import { newTenant, useApp } from '../support/use-app';

const PATH = '/api/v1/compute/instances';

/** Input that must not be ignored silently, because the request would then do something else than was asked. */
describe('input that must not be ignored', () => {
  const app = useApp();
  let tenant: Client;
  let instance: Instance;

  beforeAll(async () => {
    tenant = app.as(newTenant());
    instance = await tenant.createRunning();
  });

  /** Refused requests have changed nothing. */
  afterEach(async () => {
    expect((await tenant.get('/instances')).body).toEqual({ instances: [instance] });
  });

  const send = (method: string, path: string, headers: readonly string[]): Promise<RawResponse> =>
    sendRaw(
      app.url,
      Buffer.from(`${[`${method} ${path} HTTP/1.1`, 'Host: x', ...headers].join('\r\n')}\r\n\r\n`, 'latin1'),
    );
  const asTenant = (): string => `X-Tenant-ID: ${tenant.tenantId}`;

  describe('many headers', () => {
    const filler = (count: number): readonly string[] =>
      Array.from({ length: count }, (_, index) => `${index.toString(36)}:`);

    it.each([30, 998, 1000, 1500, 5000])('honors every header after %d others', async (count) => {
      const listed = await send('GET', PATH, [...filler(count), asTenant()]);
      expect(JSON.parse(listed.text)).toEqual({ instances: [instance] });
      const dryRun = await send('DELETE', `${PATH}/${instance.id}?force=true`, [
        ...filler(count),
        asTenant(),
        'Prefer: dry-run',
      ]);
      expect(dryRun.status).toBe(200);
      const body = ['Content-Type: application/json', 'Content-Length: 14', asTenant(), 'If-Match: "99"'];
      const patched = await sendRaw(
        app.url,
        `${[`PATCH ${PATH}/${instance.id} HTTP/1.1`, 'Host: x', ...filler(count), ...body].join('\r\n')}\r\n\r\n{"name":"new"}`,
      );
      expectProblem(patched, { status: 412, code: 'version_mismatch' });
    });

    it('refuses headers above 16 KiB', async () => {
      const answer = await send('GET', PATH, [...filler(8000), asTenant()]);
      expectProblem(answer, { status: 431, code: 'headers_too_large' });
    });
  });

  describe('query parameters of a route without any', () => {
    it.each([
      ['GET', '?expand=ports'],
      ['POST', '/stop?force=true'],
      ['POST', '/stop?note=a&dryRun=true'],
    ])('are refused: %s %s', async (method, rest) => {
      const answer = await send(method, `${PATH}/${instance.id}${rest}`, [asTenant()]);
      expectProblem(answer, { status: 400, code: 'validation_failed' });
    });

    it('are ignored by health checks', async () => {
      expect((await send('GET', '/health?probe=1', [])).status).toBe(200);
    });
  });

  describe('repeated headers', () => {
    it.each([
      [
        'Content-Type',
        415,
        ['Content-Type: application/json', 'Content-Type: text/plain', 'Content-Length: 2'],
      ],
      ['Host', 400, ['Host: y']],
      ['X-Query', 400, ['X-Query: status=running', 'X-Query: status=running']],
    ])('refuses several of %s', async (_, status, headers) => {
      expectProblem(
        await sendRaw(app.url, `POST ${PATH} HTTP/1.1\r\nHost: x\r\n${headers.join('\r\n')}\r\n\r\n{}`),
        {
          status,
        },
      );
    });
  });

  describe('X-Query', () => {
    it.each([
      ['with a space', 'dryRun=true&note=a b'],
      ['beyond ASCII', 'dryRun=true&note=caf\u00e9'],
      ['with a broken percent-encoding', 'dryRun=true&note=%zz'],
      ['of bytes that are not UTF-8', 'dryRun=true&note=caf%E9'],
      ['with a lone surrogate', 'dryRun=true&note=%ED%A0%80'],
      ['with a quote', 'dryRun="true"'],
      ['with a fragment', 'status=running#x'],
      ['that is too long', `dryRun=true&note=${'x'.repeat(4096)}`],
    ])('%s is refused without side effects', async (_, query) => {
      for (const [method, path] of [
        ['GET', PATH],
        ['DELETE', `${PATH}/${instance.id}?force=true`],
        ['POST', `${PATH}/${instance.id}/stop`],
      ] as const) {
        const answer = await send(method, path, [asTenant(), `X-Query: ${query}`]);
        expectProblem(answer, { status: 400, code: 'invalid_header' });
      }
    });

    it('that is empty counts as an empty query', async () => {
      expect((await send('GET', PATH, [asTenant(), 'X-Query:'])).status).toBe(200);
    });
  });

  describe('Prefer', () => {
    it.each(['dryrun', 'dry_run=true', 'return="open, dry-run', 'dry-run, caf\u00e9'])(
      '%s is refused without side effects',
      async (prefer) => {
        for (const [method, path] of [
          ['DELETE', `${PATH}/${instance.id}?force=true`],
          ['POST', `${PATH}/${instance.id}/stop`],
        ] as const) {
          const answer = await send(method, path, [asTenant(), `Prefer: ${prefer}`]);
          expectProblem(answer, { status: 400, code: 'invalid_header' });
        }
      },
    );
  });

  describe('queries', () => {
    it.each(['name=caf%E9', 'name=%', 'name=%zz', 'caf%E9=1', 'name=%ED%A0%80', 'name=%C0%AF', 'name=web#x'])(
      'that are not percent-encoded UTF-8 are refused: %s',
      async (query) => {
        const answer = await send('GET', `${PATH}?${query}`, [asTenant()]);
        expectProblem(answer, { status: 400, code: 'malformed_url' });
      },
    );

    it('of more than 1000 parameters are read completely', async () => {
      const query = `${'&'.repeat(1000)}${'a=1&'.repeat(1000)}dryRun=maybe`;
      const stop = await send('POST', `${PATH}/${instance.id}/stop?${query}`, [asTenant()]);
      expectProblem(stop, { status: 400, code: 'validation_failed' });
      const metadata = Array.from({ length: 1200 }, (_, index) => `metadata.${index.toString(36)}=`);
      const list = await send('GET', `${PATH}?${metadata.join('&')}&nmae=web`, [asTenant()]);
      expectProblem(list, { status: 400, code: 'validation_failed' });
    });
  });

  describe('bodies', () => {
    const bodyOf = (...parts: readonly (string | number)[]): Uint8Array<ArrayBuffer> =>
      Uint8Array.from(
        Buffer.concat(parts.map((part) => Buffer.from(typeof part === 'string' ? part : [part]))),
      );
    const post = (method: string, path: string, body: Uint8Array<ArrayBuffer>, type = 'application/json') =>
      tenant.request(path, {
        method,
        headers: { 'X-Tenant-ID': tenant.tenantId, 'Content-Type': type },
        body,
      });

    it.each([
      ['a name', bodyOf('{"flavor":"small","name":"caf', 0xe9, '"}')],
      ['a metadata value', bodyOf('{"flavor":"small","name":"web","metadata":{"a":"', 0xff, '"}}')],
      [
        'a metadata key',
        bodyOf('{"flavor":"small","name":"web","metadata":{"', 0xfe, '":"a","', 0xff, '":"b"}}'),
      ],
      ['an encoded surrogate', bodyOf('{"flavor":"small","name":"', 0xed, 0xa0, 0x80, '"}')],
      ['an overlong form', bodyOf('{"flavor":"small","name":"', 0xc0, 0xaf, '"}')],
      ['a character that is cut off', bodyOf('{"flavor":"small","name":"', 0xe2, 0x82, '"}')],
    ])('that are not UTF-8 are refused: %s', async (_, body) => {
      const malformed = { status: 400, code: 'malformed_json', detail: 'The body is not UTF-8' };
      expectProblem(await post('POST', PATH, body), malformed);
      expectProblem(await post('PATCH', `${PATH}/${instance.id}`, body), malformed);
      expectProblem(await post('POST', `${PATH}/${instance.id}/stop`, body), malformed);
    });

    it.each(['utf-16', 'utf-16le', 'utf-32'])('in the charset %s are refused', async (charset) => {
      const body = Uint8Array.from(Buffer.from('{"name":"web","flavor":"small"}', 'utf16le'));
      const answer = await post('POST', PATH, body, `application/json; charset=${charset}`);
      expectProblem(answer, { status: 415, code: 'unsupported_media_type' });
    });

    it.each([
      'application/json',
      'application/json; charset=utf-8',
      'application/merge-patch+json;charset="UTF-8"',
    ])('of type %s may begin with a byte order mark', async (type) => {
      const body = bodyOf(0xef, 0xbb, 0xbf, '{"name":"web","flavor":"small"}');
      expect((await post('POST', `${PATH}?dryRun=true`, body, type)).status).toBe(200);
    });

    it('with an escaped lone surrogate are refused', async () => {
      const lone = '\\ud800';
      for (const body of [
        `{"flavor":"small","name":"${lone}"}`,
        `{"flavor":"small","name":"web","metadata":{"${lone}":"a"}}`,
        `{"flavor":"small","name":"web","userData":"${lone}"}`,
        `{"flavor":"small","name":"web","type":"container","container":{"env":{"A":"${lone}"}}}`,
        `{"flavor":"small","name":"web","type":"container","container":{"command":["${lone}"]}}`,
        `{"flavor":"small","name":"web","createNetwork":{"cidr":"10.0.0.0/24","name":"${lone}"}}`,
        `{"flavor":"${lone}","name":"web"}`,
      ])
        expectProblem(await post('POST', PATH, bodyOf(body)), { status: 400, code: 'validation_failed' });
    });
  });

  it.each([
    ['POST', '', '{"name":"a","flavor":"small","name":"b"}', 'name'],
    ['POST', '', '{"name":"a","flavor":"small","metadata":{"k":"1","k":"2"}}', 'metadata.k'],
    ['PATCH', '/id', '{"name":"b","metadata":{},"\\u006eame":"c"}', 'name'],
    ['POST', '/id/stop', '{"a":1,"a":1}', 'a'],
  ])('refuses a duplicate member: %s%s %s', async (method, path, body, field) => {
    const url = `${app.url}${PATH}${path.replace('id', instance.id)}`;
    const headers = { 'Content-Type': 'application/json', 'X-Tenant-ID': tenant.tenantId };
    const response = await fetch(url, { method, headers, body });
    const message = `the member ${field} occurs more than once`;
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: 'validation_failed',
      detail: message,
      errors: [{ field, message }],
    });
  });
});
