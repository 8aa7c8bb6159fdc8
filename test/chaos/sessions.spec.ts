import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '../support/client';
import { eventually } from '../support/eventually';
import { parseJson } from '../support/json';
import { ServiceProcess } from '../support/service';
import { createSession, SessionClient } from '../support/session-client';

interface Events {
  readonly events: readonly { readonly type: string; readonly reason: string | null }[];
}

describe('a service that is killed with an open session', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'sessions-'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('closes the session in the history when it starts again', async () => {
    const environment = { DATA_DIR: directory, PROVISION_DELAY_MS: '0' };
    const killed = await ServiceProcess.start(environment);
    const before = new Client(killed.url, 'tenant-a');
    const { id } = await before.createRunning();
    const session = await createSession(before, id, { kind: 'serial' });
    const client = await SessionClient.connect(session);
    await killed.kill();
    expect(await client.closed).toMatchObject({ code: 1006 });

    const restarted = await ServiceProcess.start(environment);
    const { body } = await new Client(restarted.url, 'tenant-a').get<Events>(`/instances/${id}/events`);
    const ends = body.events.filter(({ type }) => type === 'session.closed');
    expect(ends).toHaveLength(1);
    expect(ends[0]?.reason).toContain(`serial session ${session.id} after `);
    expect(ends[0]?.reason).toContain(': its replica was interrupted');
    expect(await restarted.stop()).toBe(0);
  });
});

describe('a client that drops its connection while a command prints as fast as it can', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'sessions-'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('does not keep the service from responding, and ends the session', async () => {
    const service = await ServiceProcess.start({ DATA_DIR: directory, PROVISION_DELAY_MS: '0' });
    const tenant = new Client(service.url, 'tenant-a');
    const { id } = await tenant.createRunning();
    for (let times = 0; times < 3; times++) {
      const session = await createSession(tenant, id, { kind: 'exec', command: ['yes'] });
      const client = await SessionClient.connect(session);
      await eventually(() => expect(client.stdout).not.toBe(''));
      client.socket.terminate();
    }
    try {
      await eventually(async () => {
        const signal = AbortSignal.timeout(10_000);
        const response = await fetch(`${service.url}/api/v1/compute/instances/${id}/events`, {
          headers: { 'X-Tenant-ID': 'tenant-a' },
          signal,
        });
        const { events } = parseJson<Events>(await response.text());
        const ends = events.filter(({ type }) => type === 'session.closed');
        expect(ends.map(({ reason }) => reason?.replace(/^.*: /, ''))).toEqual(
          Array.from({ length: 3 }, () => 'the client disconnected'),
        );
      });
    } finally {
      await service.kill();
    }
  });
});
