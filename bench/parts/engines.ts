import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { execAt, execThrough, firstOutput } from './engines.exec';
import { withEngines, type Compute } from '../support/engines/compute';
import { COMMAND, IMAGE, type DockerEngine } from '../support/engines/docker-engine';
import { GUEST_IMAGE, recipeOf, startDirectly, type Recipe } from '../support/engines/machines';
import type { Bench, Finding, Part } from '../support/part';
import { interleave, type Series } from '../support/rounds';
import { medianOf, perSecond, ratiosOf, ratioText, spreadOf } from '../support/statistics';

const DATABASE = 'engines';
const GOALS = { dockerFactor: 1.25, dockerMs: 50, qemuFactor: 1.1, rate: 0.8 };
const AT_ONCE = 50;
const IN_A_ROW = 5;

const CONTAINER = { type: 'container', imageId: IMAGE, container: { command: COMMAND } };
const MACHINE = { type: 'vm', imageId: GUEST_IMAGE };

/** Overhead of the service on real engines: each action is compared with the same one done without the service. */
export const engines: Part = {
  name: 'engines',
  about: 'containers and virtual machines through the API, beside the engine called directly',
  run: (bench) =>
    withEngines(bench, { database: DATABASE, images: [GUEST_IMAGE] }, async (compute, docker) => [
      ...(await containers(bench, compute, docker)),
      ...(await machines(bench, compute)),
    ]),
};

async function containers(bench: Bench, compute: Compute, docker: DockerEngine): Promise<readonly Finding[]> {
  // Kept until the end, so that the tenant's network exists for both the service and the engine alone.
  const { id } = await compute.create(CONTAINER);
  const recipe = await docker.recipeOf(`uim-${id}`);
  const single = await interleave(bench, {
    api: () =>
      inARow(
        () => compute.create(CONTAINER),
        (made) => compute.remove(made),
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
  const answering = await answeringContainers(bench, compute, docker, recipe);
  const count = Math.max(5, AT_ONCE * bench.scale);
  const together = await interleave(bench, {
    api: () =>
      atOnce(
        count,
        () => compute.create(CONTAINER),
        (made) => compute.remove(made),
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
  await compute.remove({ id });
  return [containerTime(single), firstOutput(answering), containerRate(together)];
}

/** Containers until a command in them has answered. */
function answeringContainers(
  bench: Bench,
  compute: Compute,
  docker: DockerEngine,
  recipe: object,
): Promise<Series<number>> {
  return interleave(bench, {
    api: () =>
      inARow(
        async () => {
          const made = await compute.create(CONTAINER);
          await execThrough(compute.service, made.id);
          return made;
        },
        (made) => compute.remove(made),
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

async function machines(bench: Bench, compute: Compute): Promise<readonly Finding[]> {
  const first = await compute.create(MACHINE);
  const recipe = recipeOf(first.id);
  const series = await interleave(bench, {
    api: () =>
      inARow(
        () => compute.create(MACHINE),
        (made) => compute.remove(made),
      ),
    engine: () => inARow((name) => directly(recipe, name), end),
  });
  await compute.remove(first);
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
