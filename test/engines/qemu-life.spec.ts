import { availableParallelism } from 'node:os';
import { newId } from '../../src/platform/values/uuid';
import { eventually } from '../support/eventually';
import { callFor } from '../support/builders';
import { guestsOf } from '../support/engines/guests';
import { BOOT, describeQemu, pidOf } from '../support/engines/qemu-engine';

describeQemu('qemu machines', ({ engine, driver, inspect, booted }) => {
  it('reports that a guest was killed, and starts it again', async () => {
    const instance = engine().instance();
    await driver().create(callFor(instance));
    process.kill(pidOf(instance), 'SIGKILL');

    await eventually(async () =>
      expect(await inspect(instance)).toEqual({
        presence: 'present',
        power: 'stopped',
        reason: 'the process of the virtual machine exited unexpectedly',
        ending: { isFailure: true, isHostRestarted: false },
      }),
    );
    await driver().start(callFor(instance));
    expect(await inspect(instance)).toEqual({ presence: 'present', power: 'running' });
    expect(guestsOf(instance.id)).toHaveLength(1);
  });

  it('reports that a guest shut itself down, and keeps its console but not its process', async () => {
    const instance = engine().instance({}, { userData: '#!/bin/sh\necho last words\npoweroff -f\n' });
    const ending = { isFailure: false, isHostRestarted: false };
    const stopped = { presence: 'present', power: 'stopped', reason: 'the guest shut down', ending };
    await driver().create(callFor(instance));

    await eventually(async () => expect(await inspect(instance)).toEqual(stopped), BOOT);
    const seen = await driver().list(AbortSignal.timeout(10_000));
    expect(seen).toEqual([{ instanceId: instance.id, tenantId: instance.tenantId, observation: stopped }]);
    expect(guestsOf(instance.id)).toEqual([]);
    expect(await inspect(instance)).toEqual(stopped);
    expect(await driver().tail(callFor(instance), 500)).toContain('last words');
  });

  it('shuts a guest down, and powers it off if it ignores the request', async () => {
    const polite = engine().instance();
    await booted(polite);
    await driver().stop(callFor(polite));
    expect(await driver().tail(callFor(polite), 500)).toContain('UIM-POWER-BUTTON');

    const deaf = engine().instance({}, { userData: '#!/bin/sh\nkillall acpid\n' });
    await booted(deaf);
    await engine().driver({ stopGraceMs: 500 }).stop(callFor(deaf));
    expect(await inspect(deaf)).toEqual({ presence: 'present', power: 'stopped' });
    expect(guestsOf(deaf.id)).toEqual([]);
  });

  it('publishes ports while it runs, and the same ones after a restart', async () => {
    const ports = [{ port: 80, protocol: 'tcp' }] as const;
    const instance = engine().instance({}, { ports });
    const created = await driver().create(callFor(instance));
    const stopped = await engine().driver({ stopGraceMs: 0 }).stop(callFor(instance));
    const started = await driver().start(callFor(instance));

    expect(created.ports).toMatchObject(ports);
    expect(stopped.ports).toBeUndefined();
    expect(started.ports).toEqual(created.ports);
  });

  it('keeps an existing machine when a repeated creation is aborted', async () => {
    const instance = engine().instance();
    await driver().create(callFor(instance));
    const controller = new AbortController();
    const progress = (): void => controller.abort();

    await expect(
      driver().create(callFor(instance, { progress, signal: controller.signal })),
    ).rejects.toThrow();
    expect(await inspect(instance)).toEqual({ presence: 'present', power: 'running' });
  });

  it('leaves a machine that it started to the next worker after a lost lease', async () => {
    const instance = engine().instance();
    await driver().create(callFor(instance));
    await engine().driver({ stopGraceMs: 0 }).stop(callFor(instance));
    const controller = new AbortController();
    const starting = expect(
      driver().start(callFor(instance, { signal: controller.signal })),
    ).rejects.toThrow();
    const pid = await eventually(() => pidOf(instance));
    controller.abort(Object.assign(new Error('lease lost'), { isLeaseLost: true }));

    await starting;
    await eventually(async () => {
      await driver().start(callFor(instance));
      expect(await inspect(instance)).toEqual({ presence: 'present', power: 'running' });
    });
    expect(pidOf(instance)).toBe(pid);
  });

  it('creates and deletes a machine once with several concurrent processes of the service', async () => {
    const instance = engine().instance();
    const drivers = [engine().driver(), engine().driver(), engine().driver()];

    await Promise.all(drivers.map((each) => each.create(callFor(instance))));
    expect(guestsOf(instance.id)).toHaveLength(1);

    await Promise.all(drivers.map((each) => each.destroy(callFor(instance))));
    expect(guestsOf(instance.id)).toEqual([]);
  });

  it('deletes a machine that hangs', async () => {
    const instance = engine().instance();
    await driver().create(callFor(instance));
    process.kill(pidOf(instance), 'SIGSTOP');

    await expect(driver().inspect(callFor(instance))).rejects.toMatchObject({ retryable: true });
    await driver().destroy(callFor(instance));
    expect(guestsOf(instance.id)).toEqual([]);
  });

  it('lists and discards only machines of its own deployment', async () => {
    const instance = engine().instance();
    await driver().create(callFor(instance));
    const stranger = engine().driver({}, 'another');
    const signal = AbortSignal.timeout(30_000);

    expect(await stranger.list(signal)).toEqual([]);
    expect(await stranger.discard(instance.id, signal)).toBe(false);
    const running = { presence: 'present', power: 'running' };
    expect(await driver().list(signal)).toEqual([
      { instanceId: instance.id, tenantId: instance.tenantId, observation: running },
    ]);
    await driver().discard(instance.id, signal);
    await driver().discard(newId(), signal);
    expect(await driver().list(signal)).toEqual([]);
    expect(guestsOf(instance.id)).toEqual([]);
  });

  const asRoot = process.getuid?.() === 0 ? it : it.skip;
  asRoot('reports that machines run as root (as root only)', async () => {
    const signal = AbortSignal.timeout(30_000);
    expect((await driver().fingerprint(signal)).detail).toMatch(/, virtual machines run as root$/);
    const other = engine().driver({ user: 'nobody' });
    expect((await other.fingerprint(signal)).detail).not.toContain('root');
  });

  it('reports the QEMU version and accelerator, or that QEMU is missing', async () => {
    const signal = AbortSignal.timeout(30_000);
    const auto = engine().driver({ accelerator: 'auto' });
    await eventually(async () => {
      const { isUp, detail } = await auto.fingerprint(signal);
      expect(isUp).toBe(true);
      expect(detail).toMatch(/^QEMU \d+\.\S+, (KVM|TCG: .+?)(, virtual machines run as root)?$/);
    });
    const absent = engine().driver({ binary: 'no-such-qemu' });
    expect(await absent.fingerprint(signal)).toEqual({
      isUp: false,
      detail: 'no-such-qemu is not installed',
    });
    await expect(absent.create(callFor(engine().instance()))).rejects.toMatchObject({ retryable: true });
    const found = await driver().fingerprint(signal);
    const capacity = found.isUp ? found.hosts[0]?.inventory : undefined;
    expect(capacity?.vcpus).toBe(4 * availableParallelism());
    expect(capacity?.ramGB).toBeGreaterThan(0);
    expect(capacity?.diskGB).toBeGreaterThan(0);
    expect(capacity?.gpus).toBe(0);
  });
});
