import { setTimeout as delay } from 'node:timers/promises';
import { execAt, execThrough } from './engines.exec';
import { COMMAND, DockerEngine, IMAGE } from '../support/engines/docker-engine';
import type { Bench, Finding, Part } from '../support/part';
import { interleave, type Series } from '../support/rounds';
import { Service } from '../support/service';
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
      const service = await startService(bench, docker);
      const series = await measured(bench, service, docker);
      await service.stop();
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

async function startService(bench: Bench, docker: DockerEngine): Promise<Service> {
  return Service.start({
    directory: bench.directory,
    variables: {
      DATABASE_URL: await bench.cluster.createDatabase(DATABASE),
      DRIVER_CONTAINER: 'docker',
      DOCKER_HOST: `unix://${docker.socket}`,
      DOCKER_CPU_OVERCOMMIT: '100',
      DOCKER_RAM_OVERCOMMIT: '100',
      DOCKER_DISK_OVERCOMMIT: '100',
      OPERATOR_TOKEN: TOKEN,
    },
  });
}

function measured(bench: Bench, service: Service, docker: DockerEngine): Promise<Series<number>> {
  return interleave(bench, {
    api: async () => {
      await fill(service);
      const made: string[] = [];
      const times: number[] = [];
      for (let turn = 0; turn < SIZE; turn++) {
        const begun = performance.now();
        const id = await takeOne(service);
        await execThrough(service, id);
        times.push(performance.now() - begun);
        made.push(id);
        await full(service);
      }
      for (const id of made) await call(service, 'DELETE', `/instances/${id}?force=true`);
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

async function fill(service: Service): Promise<void> {
  await call(service, 'PUT', '/warm-pools/bench', { ...POOL, size: SIZE });
  await full(service);
}

async function full(service: Service): Promise<void> {
  const end = performance.now() + FILL_LIMIT_MS;
  for (;;) {
    const pool = await call(service, 'GET', '/warm-pools/bench');
    if ('ready' in pool && pool.ready === SIZE) return;
    if (performance.now() > end) throw new Error(`the pool is not full: ${JSON.stringify(pool)}`);
    await delay(20);
  }
}

async function takeOne(service: Service): Promise<string> {
  const made = await call(service, 'POST', '/instances', { name: 'bench', ...POOL });
  if (!('id' in made) || !('status' in made) || made.status !== 'running')
    throw new Error(`create answered ${JSON.stringify(made)}`);
  return String(made.id);
}

async function call({ url }: Service, method: string, path: string, body?: object): Promise<object> {
  const response = await fetch(`${url}/api/v1/compute${path}`, {
    method,
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${TOKEN}` },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  const parsed: unknown = text === '' ? {} : JSON.parse(text);
  return typeof parsed === 'object' && parsed !== null ? parsed : {};
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
