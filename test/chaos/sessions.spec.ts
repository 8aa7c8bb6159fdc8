import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '../support/client';
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
