import type { InstanceEvent } from '../../src/compute/events';
import { startApp } from '../support/app';
import { Client } from '../support/client';
import { EventSource } from '../support/event-source';
import { eventually } from '../support/eventually';
import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';

interface Page {
  readonly events: readonly InstanceEvent[];
  readonly nextPageToken?: string;
}

const LIFE = [
  { version: 1, type: 'create.requested', from: null, to: 'creating' },
  { version: 2, type: 'create.succeeded', from: 'creating', to: 'running' },
  { version: 3, type: 'stop.requested', from: 'running', to: 'running' },
  { version: 4, type: 'stop.succeeded', from: 'running', to: 'stopped' },
  { version: 5, type: 'delete.requested', from: 'stopped', to: 'stopped' },
  { version: 6, type: 'delete.succeeded', from: 'stopped', to: null },
];

describe('events', () => {
  const app = useApp({ environment: { EVENT_HEARTBEAT_SECONDS: '1', FOLLOW_POLL_SECONDS: '3600' } });
  const sources: EventSource[] = [];
  let tenant: Client;

  beforeEach(() => {
    tenant = app.as(newTenant());
  });
  afterEach(async () => {
    for (const source of sources.splice(0)) await source.close();
  });

  async function follow(tenantId = tenant.tenantId, lastId?: string): Promise<EventSource> {
    const source = new EventSource(tenantId, lastId);
    sources.push(source);
    return source.connect(app.url);
  }

  async function aLife(): Promise<string> {
    const { id } = await tenant.createStopped();
    await tenant.delete(`/instances/${id}`);
    return id;
  }

  const history = async (id: string, query = ''): Promise<Page> =>
    (await tenant.get<Page>(`/instances/${id}/events${query}`)).body;

  it('form the history of an instance, oldest first, even after its deletion', async () => {
    const headers = { 'X-Request-ID': 'request-of-the-create' };
    const { body } = await tenant.post<{ id: string }>(
      '/instances',
      { name: 'web', flavor: 'small' },
      headers,
    );
    await tenant.reaches(body.id, 'running');
    await tenant.post(`/instances/${body.id}/stop`);
    await tenant.delete(`/instances/${body.id}`);
    const { events } = await history(body.id);
    expect(events).toMatchObject(LIFE);
    const [operation] = (await tenant.operationsOf(body.id)).toReversed();
    const by = {
      actor: `tenant:${tenant.tenantId}`,
      requestId: 'request-of-the-create',
      operationId: operation?.id,
    };
    expect(events.slice(0, 2)).toMatchObject([by, by]);
    expect(Math.abs((events[0]?.at ?? 0) - Date.now() / 1000)).toBeLessThan(60);
  });

  it('are paged like other lists', async () => {
    const id = await aLife();
    const answer = await tenant.get<Page>(`/instances/${id}/events?limit=4`);
    expect(answer.body.events).toMatchObject(LIFE.slice(0, 4));
    const token = answer.body.nextPageToken ?? '';
    expect(answer.headers.get('link')).toContain(`/instances/${id}/events?limit=4&pageToken=${token}`);
    expect(await history(id, `?pageToken=${token}`)).toMatchObject({ events: LIFE.slice(4) });
    for (const bad of ['x', 'djAx', `${token}!`]) {
      expect((await tenant.get(`/instances/${id}/events?pageToken=${bad}`)).status).toBe(400);
    }
  });

  it('are hidden from other tenants', async () => {
    const id = await aLife();
    expectProblem(await app.as('foreign').get(`/instances/${id}/events`), {
      status: 403,
      code: 'access_denied',
    });
    for (const unknown of ['019342d0-3f79-7d02-8b1a-77c3a0e5f2a4', 'no-id']) {
      expectProblem(await tenant.get(`/instances/${unknown}/events`), {
        status: 404,
        code: 'instance_not_found',
      });
    }
  });

  it('are streamed as they happen to all followers of the tenant only', async () => {
    const foreign = await follow(newTenant());
    const followers = await Promise.all(Array.from({ length: 5 }, () => follow()));
    const id = await aLife();
    for (const { received, response } of followers) {
      await eventually(() => expect(received).toHaveLength(LIFE.length));
      expect(received.map(({ event }) => event)).toEqual((await history(id)).events);
      expect(received.map(({ name }) => name)).toEqual(LIFE.map(({ type }) => type));
      expect(response?.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
      expect(response?.headers.get('cache-control')).toBe('no-store');
      expect(response?.headers.get('x-accel-buffering')).toBe('no');
    }
    const { id: foreignId } = await app.as(foreign.tenantId).create();
    await eventually(() => expect(foreign.received[0]?.event.instanceId).toBe(foreignId));
  });

  it('resume after any given last event ID', async () => {
    const source = await follow();
    const begun = source.lastId;
    await aLife();
    await eventually(() => expect(source.received).toHaveLength(LIFE.length));
    const ids = [begun, ...source.received.map(({ id }) => id)];
    for (const [index, id] of ids.entries()) {
      const again = await follow(tenant.tenantId, id);
      const rest = source.received.slice(index);
      await eventually(() => expect(again.received).toHaveLength(rest.length));
      expect(again.received.map(({ event }) => event)).toEqual(rest.map(({ event }) => event));
      await again.close();
    }
  });

  it('are not revealed to a tenant that resumes from a foreign event ID', async () => {
    const source = await follow();
    await aLife();
    await eventually(() => expect(source.received).toHaveLength(LIFE.length));
    const thief = await follow(newTenant(), source.received[0]?.id);
    // Its own event arrives after any other events.
    const { id } = await app.as(thief.tenantId).create();
    await eventually(() => expect(thief.received).not.toEqual([]));
    expect(thief.received.map(({ event }) => event.instanceId)).toEqual(thief.received.map(() => id));
  });

  it('reject an unknown last event ID', async () => {
    // The last ID comes from a database far ahead of this one.
    for (const id of ['nonsense', '!', 'AQAAAA', 'Af___38AAA']) {
      const answer = await tenant.get('/events', { 'Last-Event-ID': id });
      expectProblem(answer, { status: 400, code: 'invalid_event_id' });
      expectProblem(await tenant.get(`/events?lastEventId=${id}`), { status: 400, code: 'invalid_event_id' });
    }
  });

  it('keep the stream open beyond the request timeout', async () => {
    const environment = { EVENT_HEARTBEAT_SECONDS: '1', REQUEST_TIMEOUT_SECONDS: '2' };
    const impatient = await startApp({ environment });
    const source = await new EventSource(tenant.tenantId).connect(impatient.url);
    // One block without data opens the stream, and another follows every second.
    await eventually(() => expect(source.empties).toBeGreaterThan(4));
    const { id } = await new Client(impatient.url, tenant.tenantId).create();
    await eventually(() => expect(source.received[0]?.event.instanceId).toBe(id));
    await source.close();
    await impatient.close();
  });

  it('answer HEAD without a stream', async () => {
    const headers = { 'X-Tenant-ID': tenant.tenantId };
    expect((await fetch(`${app.url}/api/v1/compute/events`, { method: 'HEAD', headers })).status).toBe(200);
  });

  it('end when the client disconnects or the replica shuts down', async () => {
    const other = await startApp();
    const streams = async (): Promise<number> => {
      const text = await (await fetch(`${other.url}/metrics`)).text();
      return Number(/compute_event_streams(?:\{[^}]*\})? (\d+)/.exec(text)?.[1]);
    };
    const leaving = await new EventSource('tenant-a').connect(other.url);
    const staying = await new EventSource('tenant-a').connect(other.url);
    expect(await streams()).toBe(2);
    await leaving.close();
    await eventually(async () => expect(await streams()).toBe(1));
    const closing = other.close();
    await staying.ended;
    await closing;
  });
});
