/**
 * Makes a call with the typed client, collects garbage while the connection is open, then prints how the call ended.
 */
const { createServer } = require('node:http');
const { once } = require('node:events');
const { setImmediate: turn } = require('node:timers/promises');
const { ComputeClient } = require('../../packages/client/src');

const PATH = '/api/v1/compute/instances';

const CALLS = {
  abort: (baseUrl, signal) => new ComputeClient({ baseUrl }).routes.GET(PATH, { signal }),
  body: (baseUrl, signal) => new ComputeClient({ baseUrl }).routes.GET(PATH, { signal }),
  timeout: (baseUrl) => new ComputeClient({ baseUrl, timeoutMs: 2000 }).routes.GET(PATH),
  'caller-timeout': (baseUrl) =>
    new ComputeClient({ baseUrl }).routes.GET(PATH, { signal: AbortSignal.timeout(2000) }),
  raw: (baseUrl, signal) => readStream(baseUrl, signal),
  'raw-timeout': (baseUrl) => readStream(baseUrl, AbortSignal.timeout(2000)),
  async stream(baseUrl, signal) {
    for await (const event of new ComputeClient({ baseUrl }).followEvents({ signal })) void event;
  },
  async 'stream-timeout'(baseUrl) {
    for await (const event of new ComputeClient({ baseUrl }).followEvents({
      signal: AbortSignal.timeout(2000),
    }))
      void event;
  },
};

async function readStream(baseUrl, signal) {
  const { data } = await new ComputeClient({ baseUrl }).routes.GET(PATH, { signal, parseAs: 'stream' });
  for await (const chunk of data) void chunk;
}

const WITHOUT_ANSWER = ['abort', 'timeout', 'caller-timeout'];
const ABORTED = ['abort', 'body', 'raw', 'stream'];

async function main(mode) {
  const server = createServer((_request, response) => {
    if (WITHOUT_ANSWER.includes(mode)) return;
    const isStream = mode.startsWith('stream');
    response.writeHead(200, { 'Content-Type': isStream ? 'text/event-stream' : 'application/json' });
    response.write(isStream ? ': open\n\n' : '{');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const opened = once(server, 'request');
  const controller = new AbortController();
  const call = CALLS[mode](`http://127.0.0.1:${server.address().port}`, controller.signal);
  const ending = call.then(
    () => 'ended',
    (error) => error.name,
  );
  await opened;
  for (let round = 0; round < 20; round++) {
    globalThis.gc();
    await turn();
  }
  if (ABORTED.includes(mode)) controller.abort();
  process.stdout.write(await ending);
  process.exit(0);
}

void main(process.argv[2]);
