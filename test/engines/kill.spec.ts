import Docker from 'dockerode';
import { setTimeout as delay } from 'node:timers/promises';
import type { Instance } from '../../src/compute/instances';
import type { OperationDto as Operation } from '../../src/compute/operations/api/operation.dto';
import type { Client } from '../support/client';
import { describeWhere } from '../support/describe-where';
import { IDLE_CONTAINER, startDockerd, whyNotDockerd, type Engine } from '../support/engines';
import { GUEST_IMAGE, guestImages } from '../support/engines/guest-images';
import { eventually } from '../support/eventually';
import { guestsOf } from '../support/engines/guests';
import { QEMU_MISSING } from '../support/engines/qemu-engine';
import { EngineFixture } from '../support/engines/engine-fixture';
import { seeded } from '../support/seeded';

const ROUNDS = 5;
/** Lives in each round, the last of which also ends the engine. Few enough that emulated guests leave processor time. */
const LIVES = 6;
const LIFE_MS = 1500;
/** Time limit while many emulated guests boot. */
const BUSY = { withinMs: 180_000 };
const missing = whyNotDockerd() ?? QEMU_MISSING;

/** Whether this is the error that fetch throws. `instanceof` fails because the class is from another realm. */
function isLostConnection(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'TypeError';
}

const MACHINE = { type: 'vm', imageId: GUEST_IMAGE };

describeWhere(missing, 'kill -9 with real engines', () => {
  const { next: random, seed } = seeded();
  let engine: Engine;
  let docker: Docker;
  let fixture: EngineFixture;
  const acknowledged = new Set<string>();
  const deleted = new Set<string>();

  beforeAll(async () => {
    engine = await startDockerd();
    docker = new Docker({ socketPath: engine.socket });
    fixture = await EngineFixture.start({
      socket: engine.socket,
      imagesFile: await guestImages(),
      // Do not wait for guests to handle the power button; this test is about processes.
      environment: { QEMU_STOP_SECONDS: '1' },
    });
  });
  afterAll(async () => {
    await fixture.close();
    await engine.stop();
  });

  /** Identifies the container or process behind an instance, so that a replacement is recognized. */
  async function machineOf(id: string): Promise<string> {
    const [guest] = guestsOf(id);
    if (guest) return `process ${guest.pid} since ${guest.startedAt}`;
    const { State } = await docker.getContainer(`uim-${id}`).inspect();
    return `process ${State.Pid} since ${State.StartedAt}`;
  }

  /** Runs one instance through its life cycle until the service is killed. */
  async function live(tenant: Client, request: typeof IDLE_CONTAINER | typeof MACHINE): Promise<void> {
    try {
      const { id } = await tenant.create(request);
      acknowledged.add(id);
      await tenant.get(`/instances/${id}/wait?status=running&timeoutSeconds=30`);
      await tenant.post(`/instances/${id}/stop`);
      if (random() < 0.5) await tenant.post(`/instances/${id}/${random() < 0.5 ? 'start' : 'restart'}`);
      if (random() < 0.3) {
        deleted.add(id);
        await tenant.delete(`/instances/${id}?force=true`);
      }
    } catch (error) {
      // Expected: the service was killed. The test checks the acknowledged instances at the end.
      if (!isLostConnection(error)) throw error;
    }
  }

  it(`loses, duplicates and blocks nothing in ${ROUNDS * LIVES} lives, and guests run on (TEST_SEED=${seed})`, async () => {
    const first = fixture.as('tenant-a');
    const steady = [await first.createRunning(IDLE_CONTAINER), await first.createRunning(MACHINE)];
    const steadyIds = steady.map(({ id }) => id);
    const before = await Promise.all(steadyIds.map(machineOf));
    for (let round = 0; round < ROUNDS; round++) {
      for (let life = 1; life <= LIVES; life++) {
        const tenant = fixture.as('tenant-a');
        const lives = Promise.all([live(tenant, IDLE_CONTAINER), live(tenant, MACHINE)]);
        await delay(random() * LIFE_MS);
        await fixture.service.kill();
        await lives;
        if (life === LIVES) await engine.kill();
        await fixture.startAgain();
        if (life === LIVES) await engine.restart();
      }
      const tenant = fixture.as('tenant-a');
      await settled(tenant);
      expect(await Promise.all(steadyIds.map(machineOf))).toEqual(before);
      await agrees(tenant, new Set([...acknowledged, ...steadyIds]));
      await remove(tenant, { except: round + 1 < ROUNDS ? steadyIds : [] });
      acknowledged.clear();
    }
    await expectNothingLeft();
  }, 900_000);

  it('detects guests that were killed while the service was down', async () => {
    const tenant = fixture.as('tenant-a');
    const [container, machine] = [
      await tenant.createRunning(IDLE_CONTAINER),
      await tenant.createRunning(MACHINE),
    ];
    await fixture.service.kill();
    await docker.getContainer(`uim-${container.id}`).kill();
    process.kill(guestsOf(machine.id)[0]?.pid ?? Number.NaN, 'SIGKILL');
    await fixture.startAgain();
    const again = fixture.as('tenant-a');
    for (const { id } of [container, machine]) {
      const { statusReason } = await again.reaches(id, 'stopped');
      expect(statusReason).not.toBeNull();
      expect((await again.post<Instance>(`/instances/${id}/start`)).body.status).toBe('running');
    }
  });

  it('leaves nothing behind after everything is deleted', async () => {
    await remove(fixture.as('tenant-a'), { except: [] });
    await expectNothingLeft();
  });

  async function remove(tenant: Client, { except }: { readonly except: readonly string[] }): Promise<void> {
    const { body } = await tenant.get<{ instances: readonly Instance[] }>('/instances');
    const ids = body.instances.map(({ id }) => id).filter((id) => !except.includes(id));
    for (const id of ids) await tenant.delete(`/instances/${id}?force=true`);
    for (const id of ids) await tenant.isGone(id, BUSY);
    for (const id of ids) expect(guestsOf(id)).toEqual([]);
  }

  async function expectNothingLeft(): Promise<void> {
    expect(await docker.listContainers({ all: true })).toEqual([]);
    expect(fixture.remains).toEqual([]);
  }

  /** Waits until no operation is pending or running. */
  async function settled(tenant: Client): Promise<void> {
    await eventually(async () => {
      for (const status of ['pending', 'running']) {
        const { body } = await tenant.get<{ operations: readonly Operation[] }>(
          `/operations?status=${status}`,
        );
        expect(body.operations).toEqual([]);
      }
    }, BUSY);
  }

  /**
   * Checks that all acknowledged instances exist, and that each engine holds each of them once with the right status.
   */
  async function agrees(tenant: Client, expected: ReadonlySet<string>): Promise<void> {
    await eventually(async () => {
      const { body } = await tenant.get<{ instances: readonly Instance[] }>('/instances');
      const rows = new Map(body.instances.map((instance) => [instance.id, instance]));
      expect([...expected].filter((id) => !rows.has(id) && !deleted.has(id))).toEqual([]);
      expect(body.instances.filter(({ status }) => status !== 'running' && status !== 'stopped')).toEqual([]);
      const containers = await docker.listContainers({ all: true });
      const held = containers.map(({ Labels, State }) => `${Labels['uim.instance-id'] ?? ''} ${State}`);
      const wanted = body.instances
        .filter(({ type }) => type === 'container')
        .map(({ id, status }) => `${id} ${status === 'running' ? 'running' : 'exited'}`);
      expect(held.sort()).toEqual(wanted.sort());
      const machines = body.instances.filter(({ type }) => type === 'vm');
      expect([...fixture.remains].sort()).toEqual(machines.map(({ id }) => id).sort());
      for (const { id, status } of machines) {
        expect([id, guestsOf(id).length]).toEqual([id, status === 'running' ? 1 : 0]);
      }
    }, BUSY);
  }
});
