import Docker from 'dockerode';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InstanceEvent } from '../../src/compute/events';
import type { Client } from '../support/client';
import { describeWhere } from '../support/describe-where';
import { startDockerd, TEST_IMAGE, whyNotDockerd, type Engine } from '../support/engines';
import { EngineFixture } from '../support/engines/engine-fixture';
import { GUEST_IMAGE, guestImages } from '../support/engines/guest-images';
import { guestsOf } from '../support/engines/guests';
import { pidOf, QEMU_MISSING } from '../support/engines/qemu-engine';
import { eventually } from '../support/eventually';

const ON_FAILURE = { condition: 'on-failure', maxRestarts: 3 };
const QUICK = { RESTART_BACKOFF_MS: '100' };
const PATIENCE = { withinMs: 60_000 };

async function historyOf(tenant: Client, id: string): Promise<readonly InstanceEvent[]> {
  return (await tenant.get<{ events: readonly InstanceEvent[] }>(`/instances/${id}/events`)).body.events;
}

/** Waits until the service has started the instance again, for a reason that contains the text. */
async function isStartedAgain(tenant: Client, id: string, why: string): Promise<void> {
  await eventually(async () => {
    const events = await historyOf(tenant, id);
    const start = { type: 'start.requested', actor: 'system:restarter' };
    expect(events.at(-2)).toMatchObject(start);
    expect(events.at(-2)?.reason).toContain(why);
    expect(events.at(-1)).toMatchObject({ type: 'start.succeeded', to: 'running' });
  }, PATIENCE);
}

describeWhere(whyNotDockerd(), 'restarts of containers', () => {
  let engine: Engine;
  let docker: Docker;
  let fixture: EngineFixture;

  beforeAll(async () => {
    engine = await startDockerd();
    docker = new Docker({ socketPath: engine.socket });
    fixture = await EngineFixture.start({ socket: engine.socket, environment: QUICK });
  });
  afterAll(async () => {
    await fixture.close();
    await engine.stop();
  });

  const container = (parts: object = {}, script = 'sleep 1000000') => ({
    ...{ type: 'container', imageId: TEST_IMAGE, container: { command: ['/bin/sh', '-c', script] } },
    ...parts,
  });

  const inspected = async (id: string) => (await docker.getContainer(`uim-${id}`).inspect()).State;

  it('are given up after as many as the policy allows, if the program fails at once', async () => {
    const tenant = fixture.as('tenant-a');
    const { id } = await tenant.create(container({ restartPolicy: ON_FAILURE }, 'exit 1'));

    await eventually(async () => {
      expect((await historyOf(tenant, id)).at(-1)?.type).toBe('restart.given_up');
    }, PATIENCE);

    expect(await tenant.reaches(id, 'stopped')).toMatchObject({
      statusReason: 'exited with code 1 (given up after 3 restarts in a row)',
    });
    const events = await historyOf(tenant, id);
    expect(events.filter(({ type }) => type === 'start.succeeded')).toHaveLength(3);
    expect(events.flatMap(({ type, reason }) => (type === 'observed.stopped' ? [reason] : []))).toEqual([
      'exited with code 1 (restart 1 of 3 after 0.1 s)',
      'exited with code 1 (restart 2 of 3 after 0.2 s)',
      'exited with code 1 (restart 3 of 3 after 0.4 s)',
    ]);
    expect(await inspected(id)).toMatchObject({ Running: false, ExitCode: 1 });
  }, 120_000);

  it('follow after a kill, but not after exit code 0 or a stop', async () => {
    const tenant = fixture.as('tenant-a');
    const killed = await tenant.createRunning(container({ restartPolicy: ON_FAILURE }));
    const done = await tenant.create(container({ restartPolicy: ON_FAILURE }, 'exit 0'));
    const stopped = await tenant.createStopped(container({ restartPolicy: ON_FAILURE }));
    await docker.getContainer(`uim-${killed.id}`).kill();

    await isStartedAgain(tenant, killed.id, 'killed by signal 9 (exit code 137) (restart 1 of 3');
    expect((await inspected(killed.id)).Running).toBe(true);
    expect((await tenant.reaches(done.id, 'stopped')).statusReason).toBe('the program exited (exit code 0)');
    expect((await historyOf(tenant, done.id)).map(({ type }) => type)).not.toContain('start.requested');
    expect((await historyOf(tenant, stopped.id)).at(-1)?.type).toBe('stop.succeeded');
  }, 120_000);

  /** The engine is killed together with all its containers. */
  async function crash(ids: readonly string[]): Promise<void> {
    const pids = await Promise.all(ids.map(async (id) => (await inspected(id)).Pid));
    await engine.kill();
    for (const pid of pids) process.kill(pid, 'SIGKILL');
  }

  it('bring back the instances with autostart after a restart of the host, and only those', async () => {
    const tenant = fixture.as('tenant-b');
    const autostart = await tenant.createRunning(container({ autostart: true }));
    const both = await tenant.createRunning(container({ autostart: true, restartPolicy: ON_FAILURE }));
    const policy = await tenant.createRunning(container({ restartPolicy: ON_FAILURE }));
    const neither = await tenant.createRunning(container());
    const stopped = await tenant.createStopped(container({ autostart: true }));

    await crash([autostart, both, policy, neither].map(({ id }) => id));
    await engine.restart();

    for (const { id } of [autostart, both]) {
      await isStartedAgain(tenant, id, '(autostart: its host was restarted)');
      expect((await inspected(id)).Running).toBe(true);
    }
    for (const { id } of [policy, neither]) {
      await tenant.reaches(id, 'stopped');
      expect((await historyOf(tenant, id)).at(-1)).toMatchObject({ type: 'observed.stopped' });
      expect((await inspected(id)).Running).toBe(false);
    }
    expect((await historyOf(tenant, stopped.id)).at(-1)?.type).toBe('stop.succeeded');
    expect((await inspected(stopped.id)).Running).toBe(false);
  }, 180_000);

  it('bring them back once, if the service is killed with the host', async () => {
    const tenant = fixture.as('tenant-c');
    const { id } = await tenant.createRunning(container({ autostart: true }));
    const other = await tenant.createRunning(container());
    await fixture.service.kill();
    await crash([id, other.id]);
    await engine.restart();
    await fixture.startAgain();
    const again = fixture.as('tenant-c');
    await isStartedAgain(again, id, '(autostart: its host was restarted)');
    await again.reaches(other.id, 'stopped');
    const starts = (await historyOf(again, id)).filter(({ type }) => type === 'start.requested');
    expect(starts).toHaveLength(1);
  }, 180_000);

  it('bring back what stopped shortly before the engine, if the service is killed during the outage', async () => {
    const tenant = fixture.as('tenant-e');
    const { id } = await tenant.createRunning(container({ autostart: true }));
    await docker.getContainer(`uim-${id}`).kill();
    expect((await tenant.reaches(id, 'stopped')).statusReason).toBe('killed by signal 9 (exit code 137)');
    await engine.kill();
    await eventually(async () => {
      const { text } = await tenant.request('/metrics');
      const rounds = /^compute_reconcile_total\{driver="docker",outcome="unreachable"[^}]*\} [1-9]/m;
      expect(rounds.test(text)).toBe(true);
    }, PATIENCE);
    await fixture.service.kill();
    await engine.restart();
    await fixture.startAgain();
    await isStartedAgain(fixture.as('tenant-e'), id, '(autostart: its host was restarted)');
    expect((await inspected(id)).Running).toBe(true);
  }, 180_000);

  it.each(['stopped', 'killed'])(
    'bring back what a host that shuts down stops before the service, which is then %s',
    async (how) => {
      const tenant = fixture.as('tenant-f');
      const { id } = await tenant.createRunning(container({ autostart: true }));
      const other = await tenant.createRunning(container());
      for (const each of [id, other.id]) await docker.getContainer(`uim-${each}`).stop({ t: 0 });
      for (const each of [id, other.id])
        expect((await tenant.reaches(each, 'stopped')).statusReason).toBe(
          'killed by signal 9 (exit code 137)',
        );
      await (how === 'killed' ? fixture.service.kill() : fixture.service.stop());
      await engine.kill();
      await fixture.bootHosts();
      await engine.restart();
      await fixture.startAgain();

      const again = fixture.as('tenant-f');
      await isStartedAgain(again, id, '(autostart: its host was restarted)');
      expect((await inspected(id)).Running).toBe(true);
      expect((await historyOf(again, other.id)).at(-1)?.type).toBe('observed.stopped');
    },
    180_000,
  );

  it('happen once, if the service is killed while one waits', async () => {
    const tenant = fixture.as('tenant-d');
    const { id } = await tenant.createRunning(container({ restartPolicy: ON_FAILURE }));
    await docker.getContainer(`uim-${id}`).kill();
    await tenant.reaches(id, 'stopped');
    await fixture.service.kill();
    await fixture.startAgain();
    const again = fixture.as('tenant-d');
    await isStartedAgain(again, id, 'restart 1 of 3');
    const starts = (await historyOf(again, id)).filter(({ type }) => type === 'start.requested');
    expect(starts).toHaveLength(1);
  }, 120_000);
});

describeWhere(QEMU_MISSING, 'restarts of virtual machines', () => {
  let fixture: EngineFixture;

  beforeAll(async () => {
    const environment = { ...QUICK, QEMU_ACCELERATOR: 'tcg' };
    fixture = await EngineFixture.start({ imagesFile: await guestImages(), environment });
  }, 180_000);
  afterAll(() => fixture.close());

  const vm = (parts: object = {}) => ({ type: 'vm', imageId: GUEST_IMAGE, ...parts });

  it('follow after the process was killed, but not after the guest shut down', async () => {
    const tenant = fixture.as('tenant-a');
    const { id } = await tenant.createRunning(vm({ restartPolicy: ON_FAILURE }));
    const script = '#!/bin/sh\npoweroff -f\n';
    const off = await tenant.createRunning(vm({ restartPolicy: ON_FAILURE, userData: script }));
    process.kill(pidOf({ id }), 'SIGKILL');

    await isStartedAgain(tenant, id, 'exited unexpectedly (restart 1 of 3 after 0.1 s)');
    expect(guestsOf(id)).toHaveLength(1);
    expect((await tenant.reaches(off.id, 'stopped', { withinMs: 120_000 })).statusReason).toBe(
      'the guest shut down',
    );
  }, 240_000);

  it('follow if a host that shuts down stops the machine before the service', async () => {
    const tenant = fixture.as('tenant-c');
    const { id } = await tenant.createRunning(vm({ autostart: true }));
    const other = await tenant.createRunning(vm());
    for (const each of [id, other.id]) process.kill(pidOf({ id: each }), 'SIGTERM');
    for (const each of [id, other.id])
      expect((await tenant.reaches(each, 'stopped')).statusReason).toContain('was ended by signal 15');
    await fixture.service.stop();
    await fixture.bootHosts();
    await fixture.startAgain();

    const again = fixture.as('tenant-c');
    await isStartedAgain(again, id, '(autostart: its host was restarted)');
    expect(guestsOf(id)).toHaveLength(1);
    expect((await historyOf(again, other.id)).at(-1)?.type).toBe('observed.stopped');
  }, 240_000);

  it('tell a restart of the host from a crash while the service was down', async () => {
    const tenant = fixture.as('tenant-b');
    const rebooted = await tenant.createRunning(vm({ autostart: true }));
    const left = await tenant.createRunning(vm({ restartPolicy: ON_FAILURE }));
    const crashed = await tenant.createRunning(vm({ autostart: true }));
    const restarted = await tenant.createRunning(vm({ restartPolicy: ON_FAILURE }));
    await fixture.service.kill();
    for (const each of [rebooted, left, crashed, restarted]) process.kill(pidOf(each), 'SIGKILL');
    // As if these two had been started before the last boot of this machine.
    for (const { id } of [rebooted, left]) {
      const file = join(fixture.directoryOf(id), 'instance.json');
      const boot = /"hostBoot":"[^"]+"/;
      const state = readFileSync(file, 'utf8');
      expect(state).toMatch(boot);
      writeFileSync(file, state.replace(boot, '"hostBoot":"an earlier one"'));
    }
    await fixture.startAgain();

    const again = fixture.as('tenant-b');
    await isStartedAgain(
      again,
      rebooted.id,
      'ended with an earlier boot of the host (autostart: its host was restarted)',
    );
    await isStartedAgain(again, restarted.id, 'exited unexpectedly (restart 1 of 3');
    expect((await again.reaches(left.id, 'stopped')).statusReason).toBe(
      'the process of the virtual machine ended with an earlier boot of the host',
    );
    expect((await again.reaches(crashed.id, 'stopped')).statusReason).toContain('exited unexpectedly');
  }, 240_000);
});
