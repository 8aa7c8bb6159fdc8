import { execFile } from 'node:child_process';
import type { InstanceSpec } from '../../src/drivers';
import {
  aContainer,
  call,
  callFor,
  driverOf,
  onContainerEngines,
  serving,
  type Engine,
} from '../support/engines';
import { inNamespacesOf, namespaceOf } from '../support/engines/namespaces';
import { eventually } from '../support/eventually';

const RUNNING = { presence: 'present', power: 'running' };

onContainerEngines('a container next to others', (on) => {
  it('is reachable by its own tenant only', async () => {
    const script = serving('a');
    const server = await on().created(aContainer({ script }, { tenantId: 'a' }));
    const own = await on().created(aContainer({}, { tenantId: 'a' }));
    const other = await on().created(aContainer({}, { tenantId: 'b' }));
    const address = (await on().networkOf(server)).IPAddress;
    const ask = async (from: InstanceSpec) =>
      inNamespacesOf(await on().pid(from), ['nc', '-w', '2', address, '8080']);
    await eventually(async () => expect(await ask(own)).toContain('hello from a'));
    expect(await ask(other)).not.toContain('hello');
    for (const [mine, theirs] of [
      [await on().pid(server), await on().pid(other)],
      [await on().pid(server), await on().pid(own)],
    ] as const) {
      for (const kind of ['net', 'pid', 'ipc', 'mnt', 'uts']) {
        expect(namespaceOf(mine, kind)).not.toBe(namespaceOf(theirs, kind));
      }
    }
    const processes = await inNamespacesOf(await on().pid(other), ['ps']);
    expect(processes).not.toContain('hello from a');
  });

  it('publishes its ports on the configured address only', async () => {
    const { engine } = on();
    const instance = aContainer({ script: serving('p'), ports: [{ port: 8080, protocol: 'tcp' }] });
    on().willBeMade(instance);
    const local = driverOf(engine, { DOCKER_PUBLISH_ADDRESS: '127.0.0.1' });
    const { ports = [] } = await local.create(callFor(instance));
    expect(ports).toMatchObject([{ port: 8080, protocol: 'tcp', address: '127.0.0.1' }]);
    const stranger = await on().created(aContainer({}, { tenantId: 'stranger' }));
    const { Gateway } = await on().networkOf(stranger);
    const port = String(ports[0]?.hostPort);
    const ask = async (address: string) =>
      inNamespacesOf(await on().pid(stranger), ['nc', '-w', '2', address, port]);
    await eventually(async () => expect(await besides(engine, port)).toContain('hello from p'));
    expect(await ask(Gateway)).not.toContain('hello');
    expect(await ask(engine.address)).not.toContain('hello');
  });

  it('cleans up after concurrent creations and deletions', async () => {
    const instances = Array.from({ length: 8 }, (_, i) => aContainer({}, { tenantId: `t${i % 2}` }));
    const replica = driverOf(on().engine);
    const lives = instances.map(async (instance, i) => {
      const mine = i % 3 === 0 ? replica : on().driver;
      await mine.create(callFor(instance));
      expect(await mine.inspect(callFor(instance))).toMatchObject(RUNNING);
      await mine.destroy(callFor(instance));
    });
    const results = await Promise.allSettled(lives);
    expect(results.filter(({ status }) => status === 'rejected')).toEqual([]);
    await on().expectNothingLeft();
  });

  it('leaves nothing behind when its creation is aborted at any point', async () => {
    for (const ms of [0, 5, 20, 60, 120, 250]) {
      const instance = aContainer();
      const signal = AbortSignal.timeout(ms);
      await on()
        .driver.create(callFor(instance, { signal }))
        .catch(() => undefined);
      if (!signal.aborted) await on().driver.destroy(callFor(instance));
    }
    await on().expectNothingLeft();
  });

  it('starts again after its network was pruned while all containers of the tenant were stopped', async () => {
    const script = serving('again');
    const instance = await on().created(aContainer({ script, ports: [{ port: 8080, protocol: 'tcp' }] }));
    await on().driver.stop(callFor(instance, { purpose: 'stop' }));
    await call(on().engine.socket, 'POST', '/networks/prune');
    const { ports = [] } = await on().driver.start(callFor(instance, { purpose: 'start' }));
    expect(await on().inspect(instance)).toMatchObject({ ...RUNNING, ports });
    expect(ports).toMatchObject([{ port: 8080 }]);
    const own = await on().created(aContainer());
    const address = (await on().networkOf(instance)).IPAddress;
    const pid = await on().pid(own);
    await eventually(async () => {
      expect(await inNamespacesOf(pid, ['nc', '-w', '2', address, '8080'])).toContain('hello from again');
    });
  });

  it('is created once if two replicas create it concurrently', async () => {
    const instance = aContainer();
    on().willBeMade(instance);
    const replica = driverOf(on().engine);
    await Promise.all([on().driver.create(callFor(instance)), replica.create(callFor(instance))]);
    expect(await on().inspect(instance)).toMatchObject(RUNNING);
  });

  it('is neither listed nor discarded by another deployment', async () => {
    const instance = await on().created(aContainer());
    const other = driverOf(on().engine, { DEPLOYMENT_NAME: 'other' });
    const { signal } = callFor(instance);
    expect(await other.list(signal)).toEqual([]);
    expect(await other.discard(instance.id, signal)).toBe(false);
    expect(await on().inspect(instance)).toMatchObject(RUNNING);
  });

  it('keeps running while the engine is down, and is found again afterwards', async () => {
    const instance = await on().created(aContainer());
    const process = await on().pid(instance);
    await on().engine.kill();
    expect(await on().driver.fingerprint(callFor(instance).signal)).toMatchObject({ isUp: false });
    await expect(on().driver.start(callFor(instance))).rejects.toMatchObject({
      name: 'DriverError',
      retryable: true,
    });
    await on().engine.restart();
    expect(await on().inspect(instance)).toMatchObject(RUNNING);
    expect(await on().pid(instance)).toBe(process);
    await on().driver.stop(callFor(instance));
    await on().driver.start(callFor(instance));
    expect(await on().inspect(instance)).toMatchObject(RUNNING);
  });
});

/** Connects to a port at 127.0.0.1 from the engine's own host, and returns the response. */
function besides(engine: Engine, port: string): Promise<string> {
  const args = [`--net=${engine.dir}/netns`, 'busybox', 'nc', '-w', '2', '127.0.0.1', port];
  return new Promise((resolve) => {
    execFile('nsenter', args, { timeout: 5000 }, (_, stdout) => resolve(stdout)).stdin?.end();
  });
}
