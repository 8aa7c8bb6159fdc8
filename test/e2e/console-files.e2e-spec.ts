import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { Client } from '../support/client';
import { ConsoleBuild, SCRIPT } from '../support/console-build';
import { eventually } from '../support/eventually';
import { expectProblem } from '../support/problem';
import { sendRaw } from '../support/raw-http';
import { useApp } from '../support/use-app';

const SCRIPT_PATH = '/console/assets/index-a1b2.js';
const PAGE_PATHS = [
  '/console',
  '/console/',
  '/console?tab=events',
  '/console/instances/0193/events',
  '/console/instances/web.example.com',
  '/console/index.html',
  '/console/%69ndex.html',
  '/console/index.html/',
  '/console/index.html.br',
  '/console/.env',
  '/Console/Instances',
];

describe('the files of the web console', () => {
  const build = new ConsoleBuild();
  const app = useApp({
    consoleDirectory: build.path,
    environment: { GATEWAY_TOKEN: 'gateway', TENANT_REQUIRED: 'true', RATE_LIMIT_PER_MINUTE: '1' },
  });
  afterAll(() => build.remove());

  const get = (path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
    fetch(app.url + path, { method, headers, redirect: 'manual' });
  /** Other clients would shorten the path. */
  const getRaw = (path: string) =>
    sendRaw(app.url, `GET ${path} HTTP/1.1\r\nHost: compute\r\nConnection: close\r\n\r\n`);
  const nonceOf = (policy: string | null): string => /'nonce-([^']*)'/.exec(policy ?? '')?.[1] ?? '';

  describe('the page', () => {
    it.each(PAGE_PATHS)('is sent for %s', async (path) => {
      const response = await get(path);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('content-encoding')).toBeNull();
      const text = await response.text();
      expect(text).toMatch(/^<!doctype html>/);
      expect(text).not.toContain('__CSP_NONCE__');
    });

    it('has another nonce in each response, the same in its policy and everywhere in the page', async () => {
      const seen = new Set<string>();
      for (let count = 0; count < 5; count++) {
        const response = await get('/console');
        const nonce = nonceOf(response.headers.get('content-security-policy'));
        expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
        const nonces = [...(await response.text()).matchAll(/nonce="([^"]*)"/g)].map(([, each]) => each);
        expect(nonces).toEqual([nonce, nonce]);
        seen.add(nonce);
      }
      expect(seen.size).toBe(5);
    });

    it('contains the settings for its request, which cannot end their element', async () => {
      for (const tenant of ['acme', '</script><script>alert(1)</script>']) {
        const text = await (await get('/console', { 'X-Tenant-ID': tenant })).text();
        const [, settings = ''] =
          /<script type="application\/json" id="settings">([^<]*)<\/script>/.exec(text) ?? [];
        const sent = await get('/console/settings.json', { 'X-Tenant-ID': tenant });
        expect(JSON.parse(settings)).toEqual(await sent.json());
      }
    });

    it('allows only what belongs to it', async () => {
      const { headers } = await get('/console');
      const policy = headers.get('content-security-policy');
      expect(policy?.replace(nonceOf(policy), 'x').split('; ').sort()).toEqual([
        "base-uri 'none'",
        "connect-src 'self'",
        "default-src 'none'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self' data: blob:",
        "manifest-src 'self'",
        "object-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'nonce-x'",
      ]);
      expect(Object.fromEntries(headers)).toMatchObject({
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      });
      expect(headers.has('strict-transport-security')).toBe(false);
      expect(headers.has('x-powered-by')).toBe(false);
    });

    it('is sent without its body for HEAD', async () => {
      const head = await get('/console/instances', {}, 'HEAD');
      expect(head.status).toBe(200);
      expect(head.headers.get('content-length')).toBe((await get('/console')).headers.get('content-length'));
      expect(await head.text()).toBe('');
    });

    it('has a request ID', async () => {
      const response = await get('/console', { 'X-Request-ID': 'from-the-gateway' });
      expect(response.headers.get('x-request-id')).toBe('from-the-gateway');
    });

    it('is where browsers get from the root of the service', async () => {
      const response = await get('/', { Accept: 'text/html' });
      expect([response.status, response.headers.get('location')]).toEqual([302, '/console']);
      expect((await get('/', { Accept: 'application/json' })).status).toBe(404);
    });
  });

  describe('assets', () => {
    it.each([
      ['br, gzip', 'br'],
      ['gzip', 'gzip'],
      ['identity', null],
    ])('are sent as compressed by the build, for Accept-Encoding: %s', async (accepted, encoding) => {
      const response = await get(SCRIPT_PATH, { 'Accept-Encoding': accepted });
      expect(response.status).toBe(200);
      expect(response.headers.get('content-encoding')).toBe(encoding);
      expect(response.headers.get('content-type')).toMatch(/^text\/javascript/);
      expect(response.headers.get('vary')).toBe('Accept-Encoding');
      expect(await response.text()).toBe(SCRIPT);
    });

    it('are stored by browsers for a year, and other files are revalidated', async () => {
      const { headers } = await get(SCRIPT_PATH);
      expect(headers.get('cache-control')).toBe('public,max-age=31536000,immutable');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      const icon = await get('/console/favicon.svg');
      expect(icon.headers.get('content-type')).toBe('image/svg+xml');
      expect(icon.headers.get('cache-control')).toBe('no-cache');
      const etag = icon.headers.get('etag') ?? '';
      expect((await get('/console/favicon.svg', { 'If-None-Match': etag })).status).toBe(304);
    });

    it('are sent without a body for HEAD', async () => {
      const response = await get(SCRIPT_PATH, { 'Accept-Encoding': 'identity' }, 'HEAD');
      expect([response.status, response.headers.get('content-length')]).toEqual([200, `${SCRIPT.length}`]);
      expect(await response.text()).toBe('');
    });

    it.each(['bytes=5-2', 'bytes=-5', 'bytes=100000-', 'nonsense'])(
      'are sent completely for the range %s',
      async (range) => {
        const response = await get(SCRIPT_PATH, { Range: range });
        expect([response.status, await response.text()]).toEqual([200, SCRIPT]);
      },
    );

    it.each([
      '/console/assets',
      '/console/assets/',
      '/console/assets/index-old.js',
      '/console/assets/.hidden.js',
      '/console/assets/index',
      '/console/assets/index.html',
      '/console/assets/constructor',
      '/console/assets/%2e%2e/index.html',
    ])('that do not exist are reported, never replaced by the page: %s', async (path) => {
      const { status, headers, text } = await getRaw(path);
      expectProblem(
        { status, headers, text, body: null },
        { status: 404, code: 'console_file_not_found', detail: `The web console has no file ${path}` },
      );
    });

    it('are closed when a client disconnects', async () => {
      const isOpen = (): boolean =>
        readdirSync('/proc/self/fd').some((fd) => {
          const path = `/proc/self/fd/${fd}`;
          return existsSync(path) && readlinkSync(path).endsWith('/large.wasm');
        });
      const aborted = new AbortController();
      await fetch(`${app.url}/console/assets/large.wasm`, { signal: aborted.signal });
      expect(isOpen()).toBe(true);
      aborted.abort();
      await eventually(() => expect(isOpen()).toBe(false));
    });

    it('do not end the service if a file is deleted', async () => {
      build.remove('assets/style-c3d4.css');
      await expect(get('/console/assets/style-c3d4.css').then((each) => each.text())).rejects.toThrow();
      expect((await get(SCRIPT_PATH)).status).toBe(200);
    });
  });

  it.each([
    '/console/../secret.txt',
    '/console/%2e%2e/secret.txt',
    '/console/..%2fsecret.txt',
    '/console/..%5csecret.txt',
    '/console/assets/../../secret.txt',
    '/console/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
    '/console/assets/..%252f..%252fsecret.txt',
    '/console//etc/passwd',
    '/console-secret/secret.txt',
    '/console/../console-secret/secret.txt',
    '/console/secret.txt%00.js',
  ])('have no way out of their directory: %s', async (path) => {
    const { status, text } = await getRaw(path);
    expect([200, 404]).toContain(status);
    expect(text).toMatch(status === 200 ? /^<!doctype html>/ : /^\{"type":/);
    expect(text).not.toMatch(/^secret|root:/m);
  });

  it('are not found by a path that cannot be decoded', async () => {
    for (const path of ['/console/assets/%E0%A4%A.js', '/console/%ff']) {
      const { status, headers, text } = await getRaw(path);
      expectProblem({ status, headers, text, body: null }, { status: 400, code: 'malformed_url' });
    }
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('refuse %s', async (method) => {
    for (const path of ['/console', '/console/instances', SCRIPT_PATH, '/console/settings.json']) {
      const answer = await new Client(app.url, '').request(path, { method });
      expectProblem(answer, { status: 405, code: 'method_not_allowed' });
      expect(answer.headers.get('allow')).toBe('GET, HEAD');
    }
  });

  it('need no tenant and no gateway token, and count towards no rate limit', async () => {
    for (let count = 0; count < 3; count++)
      for (const path of ['/console', SCRIPT_PATH, '/console/settings.json'])
        expect([path, (await get(path)).status]).toEqual([path, 200]);
    const headers = { 'X-Gateway-Token': 'gateway', 'X-Tenant-ID': 'acme' };
    expect((await get('/api/v1/compute/caller', headers)).status).toBe(200);
    expect((await get('/api/v1/compute/caller', headers)).status).toBe(429);
  });

  it('leave Swagger UI as it is', async () => {
    const { status, headers } = await get('/api/docs');
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toContain("style-src 'self' https: 'unsafe-inline'");
  });
});

describe('a service without a built web console', () => {
  const app = useApp();

  it.each(['/console', '/console/instances', '/console/assets/index.js'])(
    'explains how to build it at %s',
    async (path) => {
      const answer = await new Client(app.url, '').request(path);
      expectProblem(answer, { status: 404, code: 'console_not_built' });
      expect(await (await fetch(`${app.url}/api/errors`)).text()).toContain('<code>npm run build</code>');
    },
  );

  it('redirects browsers to Swagger UI', async () => {
    const response = await fetch(app.url, { headers: { Accept: 'text/html' }, redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([302, '/api/docs']);
  });

  it('has the settings of the console, for its development server', async () => {
    expect((await new Client(app.url, '').request('/console/settings.json')).status).toBe(200);
  });
});
