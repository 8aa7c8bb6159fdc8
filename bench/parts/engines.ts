import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { execAt, execThrough, firstOutput } from './engines.exec';
import { COMMAND, DockerEngine, IMAGE } from '../support/engines/docker-engine';
import { GUEST_IMAGE, guestCatalog, recipeOf, startDirectly, type Recipe } from '../support/engines/machines';
import type { Bench, Finding, Part } from '../support/part';
import { interleave, type Series } from '../support/rounds';
import { Service } from '../support/service';
import { medianOf, perSecond, ratiosOf, ratioText, spreadOf } from '../support/statistics';

const DATABASE = 'engines';
const GOALS = { dockerFactor: 1.25, dockerMs: 50, qemuFactor: 1.1, rate: 0.8 };
const AT_ONCE = 50;
const IN_A_ROW = 5;

const CONTAINER = { type: 'container', imageId: IMAGE, container: { command: COMMAND } };
const MACHINE = { type: 'vm', imageId: GUEST_IMAGE };

interface Made {
  readonly id: string;
  readonly status: string;
}

/** Overhead of the service on real engines: each action is compared with the same one done without the service. */
export const engines: Part = {
  name: 'engines',
  about: 'containers and virtual machines through the API, beside the engine called directly',
  async run(bench) {
    const docker = await DockerEngine.start();
    const directory = mkdtempSync('/tmp/compute-bench-qemu-');
    try {
      const service = await startService(bench, docker, directory);
      const findings = [...(await containers(bench, service, docker)), ...(await machines(bench, service))];
      await service.stop();
      return findings;
    } finally {
      await docker.stop();
      rmSync(directory, { recursive: true, force: true });
    }
  },
};

async function startService(bench: Bench, docker: DockerEngine, directory: string): Promise<Service> {
  const ratios = ['DOCKER', 'QEMU'].flatMap((kind): [string, string][] =>
    ['CPU', 'RAM', 'DISK'].map((what) => [`${kind}_${what}_OVERCOMMIT`, '100']),
  );
  return Service.start({
    directory: bench.directory,
    variables: {
      DATABASE_URL: await bench.cluster.createDatabase(DATABASE),
      DRIVER_CONTAINER: 'docker',
      DOCKER_HOST: `unix://${docker.socket}`,
      DRIVER_VM: 'qemu',
      QEMU_DIR: directory,
      QEMU_STOP_SECONDS: '0',
      IMAGES_FILE: guestCatalog(),
      ...Object.fromEntries(ratios),
    },
  });
}

async function containers(bench: Bench, service: Service, docker: DockerEngine): Promise<readonly Finding[]> {
  // Kept until the end, so that the tenant's network exists for both the service and the engine alone.
  const { id } = await create(service, CONTAINER);
  const recipe = await docker.recipeOf(`uim-${id}`);
  const single = await interleave(bench, {
    api: () =>
      inARow(
        () => create(service, CONTAINER),
        (made) => remove(service, made),
      ),
    engine: () =>
      inARow(
        async (name) => {
          await docker.createAndStart(recipe, name);
          return name;
        },
        (name) => docker.call('DELETE', `/containers/${name}?force=1`),
      ),
  });
  const answering = await answeringContainers(bench, service, docker, recipe);
  const count = Math.max(5, AT_ONCE * bench.scale);
  const together = await interleave(bench, {
    api: () =>
      atOnce(
        count,
        () => create(service, CONTAINER),
        (made) => remove(service, made),
      ),
    engine: () =>
      atOnce(
        count,
        async (name) => {
          await docker.createAndStart(recipe, name);
          return name;
        },
        (name) => docker.call('DELETE', `/containers/${name}?force=1`),
      ),
  });
  await remove(service, { id, status: 'running' });
  return [containerTime(single), firstOutput(answering), containerRate(together)];
}

/** Containers until a command in them has answered. */
function answeringContainers(
  bench: Bench,
  service: Service,
  docker: DockerEngine,
  recipe: object,
): Promise<Series<number>> {
  return interleave(bench, {
    api: () =>
      inARow(
        async () => {
          const made = await create(service, CONTAINER);
          await execThrough(service, made.id);
          return made;
        },
        (made) => remove(service, made),
      ),
    engine: () =>
      inARow(
        async (name) => {
          await docker.createAndStart(recipe, name);
          await execAt(docker, name);
          return name;
        },
        (name) => docker.call('DELETE', `/containers/${name}?force=1`),
      ),
  });
}

async function machines(bench: Bench, service: Service): Promise<readonly Finding[]> {
  const first = await create(service, MACHINE);
  const recipe = recipeOf(first.id);
  const series = await interleave(bench, {
    api: () =>
      inARow(
        () => create(service, MACHINE),
        (made) => remove(service, made),
      ),
    engine: () => inARow((name) => directly(recipe, name), end),
  });
  await remove(service, first);
  return [machineTime(series)];
}

interface Direct {
  readonly pid: number;
  readonly directory: string;
}

async function directly(recipe: Recipe, name: string): Promise<Direct> {
  const directory = join('/tmp', name);
  return { pid: await startDirectly(recipe, name, directory), directory };
}

async function end({ pid, directory }: Direct): Promise<void> {
  process.kill(pid, 'SIGKILL');
  rmSync(directory, { recursive: true, force: true });
}

let names = 0;
/** A UUID, as QEMU requires. */
const nextName = (): string => `00000000-0000-4000-8000-${String(++names).padStart(12, '0')}`;

/** @returns the median time in milliseconds. */
async function inARow<T>(
  make: (name: string) => Promise<T>,
  undo: (made: T) => Promise<unknown>,
): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < IN_A_ROW; turn++) {
    const begun = performance.now();
    const made = await make(nextName());
    times.push(performance.now() - begun);
    await undo(made);
  }
  return medianOf(times);
}

/** @returns the rate per second. */
async function atOnce<T>(
  count: number,
  make: (name: string) => Promise<T>,
  undo: (made: T) => Promise<unknown>,
): Promise<number> {
  const begun = performance.now();
  const made = await Promise.all(Array.from({ length: count }, () => make(nextName())));
  const seconds = (performance.now() - begun) / 1000;
  for (const one of made) await undo(one);
  return count / seconds;
}

async function create(service: Service, request: object): Promise<Made> {
  const response = await fetch(`${service.url}/api/v1/compute/instances`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Prefer: 'wait=60' },
    body: JSON.stringify({ name: 'bench', flavor: 'small', ...request }),
  });
  const made: unknown = await response.json();
  if (!isMade(made) || made.status !== 'running') throw new Error(`create answered ${JSON.stringify(made)}`);
  return made;
}

function isMade(answer: unknown): answer is Made {
  return typeof answer === 'object' && answer !== null && 'id' in answer && 'status' in answer;
}

async function remove(service: Service, { id }: Made): Promise<void> {
  const url = `${service.url}/api/v1/compute/instances/${id}?force=true`;
  const { status } = await fetch(url, { method: 'DELETE' });
  if (status !== 204) throw new Error(`delete answered ${status}`);
}

function containerTime(series: Series<number>): Finding {
  const [api, engine] = [series.of('api'), series.of('engine')];
  const over = spreadOf(api.map((ms, round) => ms - GOALS.dockerFactor * (engine[round] ?? 0)));
  return {
    goal: 'a container, from the call to running',
    wanted: `at most ${GOALS.dockerFactor} times Docker Engine plus ${GOALS.dockerMs} ms`,
    figure: `${ratioText(ratiosOf(api, engine))}, ${medianOf(api).toFixed(0)} and ${medianOf(engine).toFixed(0)} ms`,
    isReached: over.median <= GOALS.dockerMs,
    otherLoad: series.otherLoad,
    measured: { api, engine },
  };
}

function containerRate(series: Series<number>): Finding {
  const [api, engine] = [series.of('api'), series.of('engine')];
  const ratio = ratiosOf(api, engine);
  return {
    goal: `${AT_ONCE} containers at once`,
    wanted: `at least ${GOALS.rate} of Docker Engine's own rate`,
    figure: `${ratioText(ratio)}, ${perSecond(medianOf(api))} and ${perSecond(medianOf(engine))}`,
    isReached: ratio.median >= GOALS.rate,
    otherLoad: series.otherLoad,
    measured: { api, engine },
  };
}

function machineTime(series: Series<number>): Finding {
  const [api, engine] = [series.of('api'), series.of('engine')];
  const ratio = ratiosOf(api, engine);
  return {
    goal: 'a virtual machine, from the call to running',
    wanted: `at most ${GOALS.qemuFactor} times QEMU`,
    figure: `${ratioText(ratio)}, ${medianOf(api).toFixed(0)} and ${medianOf(engine).toFixed(0)} ms`,
    isReached: ratio.median <= GOALS.qemuFactor,
    otherLoad: series.otherLoad,
    measured: { api, engine },
  };
}
