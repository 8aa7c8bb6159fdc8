import { ConsoleReader } from '../support/console-reader';
import { EventSource } from '../support/event-source';
import { eventually } from '../support/eventually';
import { expectProblem } from '../support/problem';
import { sendRaw } from '../support/raw-http';
import { newTenant, useApp } from '../support/use-app';

const SOON = { withinMs: 30_000 };

describe('streams with a maximum duration', () => {
  const app = useApp({ environment: { EVENT_STREAM_MAX_SECONDS: '1' } });

  it('end while the client is connected, and resume after the last event', async () => {
    const tenant = app.as(newTenant());
    const source = await new EventSource(tenant.tenantId).connect(app.url);
    await source.ended;
    const { id } = await tenant.createRunning();
    await source.connect(app.url);
    await eventually(() => expect(source.received.map(({ event }) => event.instanceId)).toContain(id), SOON);
    await source.ended;
  });

  it('end a console with a request to reconnect', async () => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createRunning();
    const reader = await ConsoleReader.connect(tenant, `/instances/${id}/console?follow=true`);
    await reader.ended;
    expect(reader.events.at(-1)).toBe('reconnect');
  });
});

describe('streams with an idle timeout', () => {
  const app = useApp({ environment: { EVENT_STREAM_IDLE_SECONDS: '1', EVENT_HEARTBEAT_SECONDS: '1' } });

  it('end after the timeout without events despite heartbeats', async () => {
    const tenant = app.as(newTenant());
    const source = await new EventSource(tenant.tenantId).connect(app.url);
    await source.ended;
    const { id } = await tenant.createRunning();
    const reader = await ConsoleReader.connect(tenant, `/instances/${id}/console?follow=true`);
    await reader.ended;
    expect(reader.events.at(-1)).toBe('reconnect');
  });
});

describe('disabled streams', () => {
  const app = useApp({ environment: { EVENT_STREAMS: 'off' } });

  it('are refused with a problem document', async () => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createRunning();
    const disabled = { status: 400, code: 'event_streams_disabled' };
    expectProblem(await tenant.get('/events'), disabled);
    expectProblem(await tenant.get(`/instances/${id}/console?follow=true`), disabled);
    const preferred = { Accept: 'text/event-stream' };
    expectProblem(await tenant.get(`/instances/${id}/console`, preferred), disabled);
    expect((await tenant.get(`/instances/${id}/console`)).status).toBe(200);
    expect((await tenant.get(`/instances/${id}/events`)).status).toBe(200);
  });
});

describe('BODY_TIMEOUT_SECONDS', () => {
  const app = useApp({ environment: { BODY_TIMEOUT_SECONDS: '1', REQUEST_TIMEOUT_SECONDS: '600' } });

  it.each([
    ['of which nothing arrives', 'Content-Length: 50', ''],
    ['of which a part arrives', 'Content-Length: 50', '{"name":'],
    ['in chunks of which nothing arrives', 'Transfer-Encoding: chunked', ''],
    ['in chunks of which a part arrives', 'Transfer-Encoding: chunked', '5\r\n{"nam\r\n'],
  ])('a body %s is answered 408 long before the request timeout', async (_, framing, part) => {
    const head = `POST /api/v1/compute/instances HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${framing}`;
    const answer = await sendRaw(app.url, `${head}\r\n\r\n${part}`);
    expectProblem(answer, { status: 408, code: 'request_timeout' });
    expect(answer.headers.get('connection')).toBe('close');
  });

  it('does not limit the response time', async () => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createRunning();
    const wait = await tenant.get(`/instances/${id}/wait?status=stopped&timeoutSeconds=2`);
    expectProblem(wait, { status: 408, code: 'wait_timeout' });
    const create = { name: 'slow', flavor: 'small', metadata: { 'simulate.createDelayMs': '3000' } };
    expect((await tenant.post('/instances', create, { Prefer: 'wait=10' })).status).toBeLessThan(300);
  });
});
