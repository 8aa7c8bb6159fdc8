import type { DriverCall, InstanceSpec, Observation } from '../../../src/drivers';
import type { DockerDriver } from '../../../src/drivers/docker/docker.driver';
import { describeWhere } from '../describe-where';
import { eventually } from '../eventually';
import { callFor } from '../builders';
import { driverOf } from './containers';
import { call, startDockerd, startPodman, whyNotDockerd, whyNotPodman, type Engine } from './engine';
import { pidOf } from './namespaces';

/** Container engines that the driver is tested with. */
const ENGINES = [
  ['Docker Engine', startDockerd, whyNotDockerd()],
  ['Podman', startPodman, whyNotPodman()],
] as const;

/** Runs the suite on each engine, or skips it if the engine is missing. */
export function forContainerEngines(
  title: string,
  suite: (start: () => Promise<Engine>, name: string) => void,
): void {
  for (const [name, start, missing] of ENGINES) {
    describeWhere(missing, `${title} on ${name}`, () => suite(start, name));
  }
}

interface Network {
  readonly IPAddress: string;
  readonly Gateway: string;
}

/** A running engine with a driver. Instances that a test creates are removed after it. */
export class ContainerEngine {
  private readonly made: InstanceSpec[] = [];

  constructor(
    readonly name: string,
    readonly engine: Engine,
    readonly driver: DockerDriver,
  ) {}

  async created(instance: InstanceSpec, parts: Partial<DriverCall> = {}): Promise<InstanceSpec> {
    this.willBeMade(instance);
    await this.driver.create(callFor(instance, parts));
    return instance;
  }

  willBeMade(instance: InstanceSpec): void {
    this.made.push(instance);
  }

  inspect(instance: InstanceSpec): Promise<Observation> {
    return this.driver.inspect(callFor(instance));
  }

  pid(instance: InstanceSpec): Promise<number> {
    return pidOf(this.engine.socket, instance.id);
  }

  printed(instance: InstanceSpec, wanted: RegExp): Promise<string> {
    return eventually(async () => {
      const text = (await this.driver.tail(callFor(instance), 1000)).join('\n');
      expect(text).toMatch(wanted);
      return text;
    });
  }

  /** The container's network, as the engine reports it. */
  async networkOf(instance: InstanceSpec): Promise<Network> {
    const path = `/containers/uim-${instance.id}/json`;
    const { NetworkSettings } = await call<{ NetworkSettings: { Networks: Record<string, Network> } }>(
      this.engine.socket,
      'GET',
      path,
    );
    const [network] = Object.values(NetworkSettings.Networks);
    if (!network) throw new Error('it is in no network');
    return network;
  }

  async deleteByOwner(): Promise<void> {
    for (const instance of this.made.splice(0)) {
      await this.driver.destroy(callFor(instance, { purpose: 'delete' }));
    }
  }

  async expectNothingLeft(): Promise<void> {
    const { socket } = this.engine;
    expect(await call(socket, 'GET', '/containers/json?all=1')).toEqual([]);
    const networks = await call<readonly { Name: string }[]>(socket, 'GET', '/networks');
    expect(networks.filter(({ Name }) => Name.startsWith('uim-'))).toEqual([]);
    const { Volumes } = await call<{ Volumes: unknown[] | null }>(socket, 'GET', '/volumes');
    expect(Volumes ?? []).toEqual([]);
  }
}

/** Runs the suite on each engine of the machine; `on()` is available while tests run. */
export function onContainerEngines(
  title: string,
  suite: (on: () => ContainerEngine, name: string) => void,
): void {
  forContainerEngines(title, (start, name) => {
    let engine: Engine | undefined;
    let on: ContainerEngine | undefined;

    beforeAll(async () => {
      engine = await start();
      on = new ContainerEngine(name, engine, driverOf(engine));
    });
    afterAll(() => engine?.stop());
    afterEach(() => on?.deleteByOwner());

    suite(() => {
      if (!on) throw new Error('the engine does not run');
      return on;
    }, name);
  });
}
