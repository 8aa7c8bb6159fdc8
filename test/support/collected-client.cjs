/** Makes a call of the typed client, collects garbage while the connection is open, then prints how the call ended. */
const { createServer } = require('node:http');
const { once } = require('node:events');
const { setImmediate: turn } = require('node:timers/promises');
const { createComputeClient, followEvents } = require('../../src/client');

async function startCall(mode, baseUrl, signal) {
  if (mode === 'stream') {
    for await (const event of followEvents({ baseUrl }, { signal })) void event;
    return;
  }
  const options = mode === 'timeout' ? {} : { signal };
  await createComputeClient({ baseUrl, ...(mode === 'timeout' && { timeoutMs: 2000 }) }).GET(
    '/api/v1/compute/instances',
    options,
  );
}

async function main(mode) {
  const server = createServer((_request, response) => {
    if (mode === 'abort' || mode === 'timeout') return;
    response.writeHead(200, { 'Content-Type': mode === 'stream' ? 'text/event-stream' : 'application/json' });
    response.write(mode === 'stream' ? ': open\n\n' : '{');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const opened = once(server, 'request');
  const controller = new AbortController();
  const call = startCall(mode, `http://127.0.0.1:${server.address().port}`, controller.signal);
  const ending = call.then(
    () => 'ended',
    (error) => error.name,
  );
  await opened;
  for (let round = 0; round < 20; round++) {
    globalThis.gc();
    await turn();
  }
  if (mode !== 'timeout') controller.abort();
  process.stdout.write(await ending);
  process.exit(0);
}

void main(process.argv[2]);
