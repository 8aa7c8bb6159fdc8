import { newId } from '../../src/common/uuid';
import { readConfig } from '../../src/config';
import type { InstanceSpec } from '../../src/drivers';
import { toCreateOptions } from '../../src/drivers/docker/docker.container';
import { aContainer, call, callFor, onContainerEngines, TEST_IMAGE } from '../support/engines';

const ROUNDS = 15;
const AT_ONCE = 50;

const SLEEPING = { command: ['/bin/sleep', '600'] };

onContainerEngines('the driver beside the engine itself', (on, name) => {
  let network: string;

  beforeEach(async () => {
    // Keeps the network of the tenant, which only the first container of a tenant waits for.
    const { id } = await on().created(aContainer(SLEEPING));
    const path = `/containers/uim-${id}/json`;
    const model = await call<{ HostConfig: { NetworkMode: string } }>(on().engine.socket, 'GET', path);
    network = model.HostConfig.NetworkMode;
  });

  /** The same container, asked for by two requests and nothing else. */
  async function direct(): Promise<string> {
    const { socket } = on().engine;
    const { docker: config } = readConfig({});
    const product = name === 'Podman' ? ('podman' as const) : ('docker' as const);
    const facts = { product, id: '', title: '', cpus: 1, memoryBytes: 0, directory: '', mayLimitDisk: false };
    const around = { config, deployment: 'direct', facts, image: TEST_IMAGE, network, mounts: [] };
    const body = toCreateOptions(aContainer(SLEEPING), around);
    const { Id } = await call<{ Id: string }>(socket, 'POST', `/containers/create?name=${newId()}`, body);
    await call(socket, 'POST', `/containers/${Id}/start`);
    return Id;
  }
  const removed = (id: string) => call(on().engine.socket, 'DELETE', `/containers/${id}?force=1&v=1`);
  async function made(): Promise<InstanceSpec> {
    const instance = aContainer(SLEEPING);
    await on().driver.create(callFor(instance));
    return instance;
  }

  it('takes at most a quarter and 50 ms longer for one container', async () => {
    const byEngine: number[] = [];
    const byDriver: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const id = await timed(byEngine, direct);
      const instance = await timed(byDriver, made);
      await removed(id);
      await on().driver.destroy(callFor(instance));
    }
    const [own, ours] = [median(byEngine), median(byDriver)];
    process.stderr.write(`${name}: engine ${own.toFixed(0)} ms, driver ${ours.toFixed(0)} ms (medians)\n`);
    expect(ours).toBeLessThanOrEqual(own * 1.25 + 50);
  });

  it.skip(`makes ${AT_ONCE} at once at no less than 0.8 of the engine's own rate (skipped: not reached yet)`, async () => {
    const byEngine: number[] = [];
    const byDriver: number[] = [];
    const ids = await timed(byEngine, () => atOnce(direct));
    await Promise.all(ids.map(removed));
    const instances = await timed(byDriver, () => atOnce(made));
    await Promise.all(instances.map((instance) => on().driver.destroy(callFor(instance))));
    const [own, ours] = [median(byEngine), median(byDriver)];
    process.stderr.write(
      `${name}: ${AT_ONCE} at once: engine ${own.toFixed(0)} ms, driver ${ours.toFixed(0)} ms\n`,
    );
    expect(own / ours).toBeGreaterThanOrEqual(0.8);
  });
});

const atOnce = <T>(make: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: AT_ONCE }, () => make()));

async function timed<T>(times: number[], act: () => Promise<T>): Promise<T> {
  const from = performance.now();
  const result = await act();
  times.push(performance.now() - from);
  return result;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
