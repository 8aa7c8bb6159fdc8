import Docker from 'dockerode';
import type { Instance } from '../../src/compute/instances';
import type { Client } from '../support/client';
import { forContainerEngines, TEST_IMAGE, type Engine } from '../support/engines';
import { EngineFixture } from '../support/engines/engine-fixture';
import { eventually } from '../support/eventually';

const SCRIPT = 'trap "exit 0" TERM; sleep 0.2; echo "it is up"; sleep 1000000 & wait';
const PATIENCE = { withinMs: 30_000 };

forContainerEngines('readiness of a container', (start) => {
  let engine: Engine;
  let docker: Docker;
  let fixture: EngineFixture;
  let tenant: Client;

  beforeAll(async () => {
    engine = await start();
    docker = new Docker({ socketPath: engine.socket });
    fixture = await EngineFixture.start({ socket: engine.socket });
    tenant = fixture.as('tenant-a');
  });
  afterAll(async () => {
    await fixture.close();
    await engine.stop();
  });

  it('is found once for each start, by whomever', async () => {
    const { id } = await tenant.create({
      ...{ type: 'container', imageId: TEST_IMAGE, container: { command: ['/bin/sh', '-c', SCRIPT] } },
      readiness: { kind: 'serial', text: 'it is up' },
    });
    const becomesReady = async (): Promise<void> => {
      const { body } = await tenant.get<Instance>(`/instances/${id}/wait?ready=true`);
      expect(body).toMatchObject({ status: 'running', ready: true });
    };
    const history = async (): Promise<readonly string[]> => {
      const { body } = await tenant.get<{ events: readonly { type: string }[] }>(`/instances/${id}/events`);
      return body.events.map(({ type }) => type);
    };
    const readies = async (): Promise<number> =>
      (await history()).filter((type) => type === 'instance.ready').length;

    await becomesReady();
    for (const path of ['stop', 'start', 'reboot', 'pause', 'resume', 'rebuild']) {
      const body = path === 'rebuild' ? { imageId: TEST_IMAGE } : undefined;
      const { status } = await tenant.post(`/instances/${id}/${path}`, body, { Prefer: 'wait=30' });
      expect(status).toBeLessThan(300);
      if (path !== 'stop' && path !== 'pause') await becomesReady();
    }
    for (const count of [5, 6]) {
      await docker.getContainer(`uim-${id}`).restart({ t: 1 });
      await eventually(async () => expect(await readies()).toBe(count), PATIENCE);
    }
    // Of the requests, none was taken for a restart by someone else.
    const observed = (await history()).filter((type) => type.startsWith('observed.'));
    expect(observed.filter((type) => type === 'observed.running')).toHaveLength(2);
  }, 120_000);
});
