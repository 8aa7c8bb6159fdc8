import { gzipSync } from 'node:zlib';
import type { Instance } from '../../src/compute/instances';
import type { Client } from '../support/client';
import { expectProblem } from '../support/problem';
import { sendRaw, type RawResponse } from '../support/raw-http';
import { newTenant, useApp } from '../support/use-app';

const PATH = '/api/v1/compute/instances';

/** Chunked bodies, sent as raw bytes. */
describe('chunked bodies', () => {
  const app = useApp();
  let tenant: Client;
  let instance: Instance;

  beforeAll(async () => {
    tenant = app.as(newTenant());
    instance = await tenant.createRunning();
  });

  const send = (head: readonly string[], ...body: readonly (string | Buffer)[]): Promise<RawResponse> =>
    sendRaw(app.url, `${head.join('\r\n')}\r\n\r\n`, ...body);
  const post = (...headers: readonly string[]) => [`POST ${PATH} HTTP/1.1`, 'Host: x', ...headers];
  const get = (target: string, ...headers: readonly string[]) => [
    `GET ${target} HTTP/1.1`,
    'Host: x',
    ...headers,
  ];

  const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;
  const chunked = post('Transfer-Encoding: chunked', 'Content-Type: application/json', 'X-Tenant-ID: chunks');

  it('are read like any other body', async () => {
    const answer = await send(chunked, chunk('{"name":"web",'), chunk('"flavor":"giant"}'), '0\r\n\r\n');
    expectProblem(answer, { status: 400, code: 'invalid_flavor' });
  });

  it('are refused above 2 MiB without a Content-Length', async () => {
    const filler = chunk(' '.repeat(64 * 1024));
    const answer = await send(chunked, chunk('{'), ...Array.from({ length: 33 }, () => filler), '0\r\n\r\n');
    expectProblem(answer, { status: 413, code: 'body_too_large' });
  });

  it.each([[], ['Content-Type: application/json'], ['Content-Type: text/plain'], ['Content-Encoding: gzip']])(
    'without any byte count as no body (%s)',
    async (...headers) => {
      const as = [`X-Tenant-ID: ${tenant.tenantId}`, 'Transfer-Encoding: chunked', ...headers];
      const found = await Promise.all(
        ['/health', '/metrics', PATH, `${PATH}/${instance.id}`, '/api/v1/compute/flavors'].map((path) =>
          send(get(path, ...as), '0\r\n\r\n'),
        ),
      );
      expect(found.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
      const start = [`POST ${PATH}/${instance.id}/start HTTP/1.1`, 'Host: x', ...as];
      const refused = { status: 400, code: 'instance_not_stopped' };
      expectProblem(await send(start, '0\r\n\r\n'), refused);
      // Head and body in separate packets.
      expectProblem(await sendRaw(app.url, `${start.join('\r\n')}\r\n`, '\r\n0\r\n', '\r\n'), refused);
      const create = await send(post(...as), '0\r\n\r\n');
      expectProblem(create, { status: 400, code: 'validation_failed' });
    },
  );

  it('are read completely if compressed and sent in pieces', async () => {
    const packed = gzipSync('{"name":"web","flavor":"giant"}');
    const pieces = [packed.subarray(0, 1), packed.subarray(1, 20), packed.subarray(20)].flatMap((piece) => [
      `${piece.length.toString(16)}\r\n`,
      piece,
      '\r\n',
    ]);
    const answer = await send([...chunked, 'Content-Encoding: gzip'], ...pieces, '0\r\n\r\n');
    expectProblem(answer, { status: 400, code: 'invalid_flavor' });
  });

  it('of another media type are refused before they are read', async () => {
    const head = post('Transfer-Encoding: chunked', 'Content-Type: text/plain');
    expectProblem(await send(head, chunk('text')), { status: 415, code: 'unsupported_media_type' });
  });
});
