import { setTimeout as delay } from 'node:timers/promises';
import { execAt, execThrough } from './engines.exec';
import { Compute } from '../support/engines/compute';
import { COMMAND, DockerEngine, IMAGE } from '../support/engines/docker-engine';
import type { Bench, Finding, Part } from '../support/part';
import { interleave, type Series } from '../support/rounds';
import { medianOf } from '../support/statistics';

const DATABASE = 'warm_pool';
const TOKEN = 'the-token-of-operators';
const GOAL_MS = 60;
/** Prepared before each round, so that none is being prepared while the time is taken, except for the replacements. */
const SIZE = 5;
const FILL_LIMIT_MS = 60_000;
const REPOSITORY = 'uim-test/sleeping';
const POOL = { flavor: 'small', type: 'container', imageId: `${REPOSITORY}:1` };

/** The time until a command in a prepared container has answered, beside one in a container that runs already. */
export const warmPool: Part = {
  name: 'warm-pool',
  about: 'containers of a warm pool, beside a command at Docker Engine',
  async run(bench) {
    const docker = await DockerEngine.start();
    try {
      await commitImage(docker);
      const variables = { OPERATOR_TOKEN: TOKEN };
      const compute = await Compute.start(
        bench,
        { database: DATABASE, docker, variables },
        { Authorization: `Bearer ${TOKEN}` },
      );
      const series = await measured(bench, compute, docker);
      await compute.stop();
      return [firstOutput(series)];
    } finally {
      await docker.stop();
    }
  },
};

/** A pool knows no command, so the image has one. */
async function commitImage(docker: DockerEngine): Promise<void> {
  await docker.createAndStart({ Image: IMAGE, Cmd: COMMAND }, 'sleeping');
  const changes = encodeURIComponent(`CMD ${JSON.stringify(COMMAND)}`);
  await docker.call('POST', `/commit?container=sleeping&repo=${REPOSITORY}&tag=1&changes=${changes}`);
}

function measured(bench: Bench, compute: Compute, docker: DockerEngine): Promise<Series<number>> {
  return interleave(bench, {
    api: async () => {
      await fill(compute);
      const made: string[] = [];
      const times: number[] = [];
      for (let turn = 0; turn < SIZE; turn++) {
        const begun = performance.now();
        const { id } = await compute.create(POOL, {});
        await execThrough(compute.service, id);
        times.push(performance.now() - begun);
        made.push(id);
        await full(compute);
      }
      for (const id of made) await compute.remove({ id });
      return medianOf(times);
    },
    engine: async () => {
      const times: number[] = [];
      for (let turn = 0; turn < SIZE; turn++) {
        const begun = performance.now();
        await execAt(docker, 'sleeping');
        times.push(performance.now() - begun);
      }
      return medianOf(times);
    },
  });
}

async function fill(compute: Compute): Promise<void> {
  await compute.call('PUT', '/warm-pools/bench', { ...POOL, size: SIZE });
  await full(compute);
}

async function full(compute: Compute): Promise<void> {
  const end = performance.now() + FILL_LIMIT_MS;
  for (;;) {
    const pool = await compute.call('GET', '/warm-pools/bench');
    if ('ready' in pool && pool.ready === SIZE) return;
    if (performance.now() > end) throw new Error(`the pool is not full: ${JSON.stringify(pool)}`);
    await delay(20);
  }
}

function firstOutput(series: Series<number>): Finding {
  const [api, engine] = [series.of('api'), series.of('engine')];
  return {
    goal: 'a container of a warm pool, from the call to the first output of a command in it',
    wanted: `at most ${GOAL_MS} ms`,
    figure: `${medianOf(api).toFixed(0)} ms, a command at Docker Engine alone ${medianOf(engine).toFixed(0)} ms`,
    isReached: medianOf(api) <= GOAL_MS,
    otherLoad: series.otherLoad,
    measured: { api, engine },
  };
}
