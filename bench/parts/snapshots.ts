import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { isMade, WAITING, withEngines, type Compute, type Made } from '../support/engines/compute';
import { COMMAND, IMAGE, type DockerEngine } from '../support/engines/docker-engine';
import { addressOf, DEBIAN, SMALL, untilAnswer, writing, type Guest } from '../support/engines/guests';
import { recipeOf, startDirectly } from '../support/engines/machines';
import { qmp, runJob } from '../support/engines/qmp';
import type { Bench, Finding, Part } from '../support/part';
import { interleave, type Series } from '../support/rounds';
import { medianOf, ratiosOf, ratioText } from '../support/statistics';

const DATABASE = 'snapshots';
const GOALS = { resume: 8, engine: 1.2 };
const TAG = 'bench';
/** The node of the disk, which the memory also goes to. */
const INTO_DISK = { tag: TAG, vmstate: 'disk', devices: ['disk'] };
const WRITTEN_MB = 100;
const WRITING = writing(WRITTEN_MB);
const CONTAINER = { type: 'container', imageId: IMAGE, container: { command: COMMAND } };

/** Snapshots, restores and starts from memory, beside the same of the engine alone. */
export const snapshots: Part = {
  name: 'snapshots',
  about: 'snapshots, restores and starts from memory, beside the engine called directly',
  run: (bench) => {
    // Debian takes a minute to build and half a minute to boot, more than a quick run may.
    const started = bench.isQuick ? SMALL : DEBIAN;
    const images = [...new Set([SMALL, started].map(({ request }) => request.imageId))];
    return withEngines(bench, { database: DATABASE, images }, async (compute, docker) => [
      await startsFromMemory(bench, compute, started),
      ...(await machines(bench, compute)),
      ...(await containers(bench, compute, docker)),
    ]);
  },
};

async function startsFromMemory(bench: Bench, compute: Compute, guest: Guest): Promise<Finding> {
  const original = await compute.create(guest.request);
  await untilAnswer(guest, await addressOf(compute, original));
  const { id } = await take(compute, original, { includeMemory: true });
  await compute.remove(original);
  const { type, vm } = guest.request;
  const starts = await interleave(bench, {
    boot: () => untilServing(compute, guest, guest.request),
    resume: () => untilServing(compute, guest, { type, vm, sourceSnapshotId: id, resume: true }),
  });
  return resumeFactor(starts);
}

async function machines(bench: Bench, compute: Compute): Promise<readonly Finding[]> {
  const machine = await compute.create(WRITING.request);
  await untilAnswer(WRITING, await addressOf(compute, machine));
  const memory = await take(compute, machine, { includeMemory: true });
  const bare = await bareMachine(compute, machine);
  try {
    const taking = await interleave(bench, {
      api: () => timeOfTaking(compute, machine, { includeMemory: true }),
      engine: async () => {
        const ms = await timeOf(() => runJob(bare.socket, 'snapshot-save', INTO_DISK));
        await runJob(bare.socket, 'snapshot-delete', { tag: TAG, devices: INTO_DISK.devices });
        return ms;
      },
    });
    await runJob(bare.socket, 'snapshot-save', INTO_DISK);
    const restoring = await interleave(bench, {
      api: () => timeOf(() => restore(compute, machine, { snapshotId: memory.id, resume: true })),
      engine: () =>
        timeOf(async () => {
          await runJob(bare.socket, 'snapshot-load', INTO_DISK);
          await qmp(bare.socket, { execute: 'cont' });
        }),
    });
    return [
      besideEngine(taking, 'a snapshot of a virtual machine with memory', 'QEMU'),
      besideEngine(restoring, 'a restore of a virtual machine with memory', 'QEMU'),
    ];
  } finally {
    bare.end();
  }
}

async function containers(bench: Bench, compute: Compute, docker: DockerEngine): Promise<readonly Finding[]> {
  const container = await compute.create(CONTAINER);
  const name = `uim-${container.id}`;
  execFileSync('docker', [
    ...['--host', `unix://${docker.socket}`, 'exec', name],
    ...['dd', 'if=/dev/urandom', 'of=/data', 'bs=1M', `count=${WRITTEN_MB}`],
  ]);
  const recipe = await docker.recipeOf(name);
  const taking = await interleave(bench, {
    api: () => timeOfTaking(compute, container, {}),
    engine: async () => {
      const ms = await timeOf(() => commit(docker, name));
      await docker.call('DELETE', '/images/uim-test/snapshot:1?force=1');
      return ms;
    },
  });
  const snapshot = await take(compute, container, {});
  await commit(docker, name);
  const copy = { ...recipe, Image: 'uim-test/snapshot:1', Labels: withoutLabels(recipe) };
  await docker.createAndStart(copy, 'bench-restored');
  const restoring = await interleave(bench, {
    api: () => timeOf(() => restore(compute, container, { snapshotId: snapshot.id })),
    engine: () =>
      timeOf(async () => {
        await docker.call('DELETE', '/containers/bench-restored?force=1');
        await docker.createAndStart(copy, 'bench-restored');
      }),
  });
  return [
    besideEngine(taking, 'a snapshot of a container', 'Docker Engine'),
    besideEngine(restoring, 'a restore of a container', 'Docker Engine'),
  ];
}

/** Empties those that the image also has, by which the service finds its own containers. */
function withoutLabels(recipe: object): object {
  const labels = 'Labels' in recipe && typeof recipe.Labels === 'object' ? recipe.Labels : {};
  return Object.fromEntries(Object.keys(labels ?? {}).map((name) => [name, '']));
}

async function commit(docker: DockerEngine, name: string): Promise<void> {
  await docker.call('POST', `/commit?container=${name}&repo=uim-test/snapshot&tag=1&pause=1`);
}

interface BareMachine {
  readonly socket: string;
  end(): void;
}

/** The same machine without the service, when its guest has booted. */
async function bareMachine(compute: Compute, { id }: Made): Promise<BareMachine> {
  const other = await compute.create(WRITING.request);
  const recipe = recipeOf(other.id);
  const address = await addressOf(compute, other);
  // The bare machine gets its port and a copy of its files.
  await compute.call('POST', `/instances/${other.id}/stop`, undefined, WAITING);
  const name = id.replace(/^.{8}/, '00000000');
  const directory = join('/tmp', name);
  const pid = await startDirectly(recipe, name, directory);
  await untilAnswer(WRITING, address);
  return {
    socket: join(directory, 'qmp.sock'),
    end: () => {
      process.kill(pid, 'SIGKILL');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** @returns the time in milliseconds until the guest answers */
async function untilServing(compute: Compute, guest: Guest, request: object): Promise<number> {
  const begun = performance.now();
  const made = await compute.create(request);
  await untilAnswer(guest, await addressOf(compute, made));
  const ms = performance.now() - begun;
  await compute.remove(made);
  return ms;
}

async function take(compute: Compute, { id }: Made, kind: object): Promise<Made> {
  const made = await compute.call('POST', `/instances/${id}/snapshots`, { name: 'bench', ...kind }, WAITING);
  if (!isMade(made) || made.status !== 'available') throw new Error(`snapshot: ${JSON.stringify(made)}`);
  return made;
}

async function timeOfTaking(compute: Compute, instance: Made, kind: object): Promise<number> {
  const begun = performance.now();
  const { id } = await take(compute, instance, kind);
  const ms = performance.now() - begun;
  await compute.call('DELETE', `/snapshots/${id}`, undefined, WAITING);
  return ms;
}

async function restore(compute: Compute, { id }: Made, request: object): Promise<void> {
  const instance = await compute.call('POST', `/instances/${id}/restore`, request, WAITING);
  if (!isMade(instance) || instance.status !== 'running')
    throw new Error(`restore: ${JSON.stringify(instance)}`);
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function resumeFactor(series: Series<number>): Finding {
  const [boot, resume] = [series.of('boot'), series.of('resume')];
  const ratio = ratiosOf(boot, resume);
  return {
    goal: 'a virtual machine, from the call to an answer of its guest: from memory instead of booting',
    wanted: `at least ${GOALS.resume} times faster`,
    figure: `${ratioText(ratio)}, ${seconds(resume)} instead of ${seconds(boot)}`,
    isReached: ratio.median >= GOALS.resume,
    otherLoad: series.otherLoad,
    measured: { boot, resume },
  };
}

function besideEngine(series: Series<number>, goal: string, engineName: string): Finding {
  const [api, engine] = [series.of('api'), series.of('engine')];
  const ratio = ratiosOf(api, engine);
  return {
    goal,
    wanted: `at most ${GOALS.engine} times ${engineName}`,
    figure: `${ratioText(ratio)}, ${seconds(api)} and ${seconds(engine)}`,
    isReached: ratio.median <= GOALS.engine,
    otherLoad: series.otherLoad,
    measured: { api, engine },
  };
}

function seconds(ms: readonly number[]): string {
  return `${(medianOf(ms) / 1000).toFixed(2)} s`;
}
