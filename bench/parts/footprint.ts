import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Bench, Finding, Part } from '../support/part';
import { Service } from '../support/service';
import { spreadOf } from '../support/statistics';

const DATABASE = 'footprint';
const REPEATS = 3;
const IDLE_MS = 10_000;
const GOALS = { idleMb: 150, firstStartSeconds: 8, laterStartSeconds: 3 };

/** What it takes to have it around: memory without work, and how long it needs to be there. */
export const footprint: Part = {
  name: 'footprint',
  about: 'idle memory, and starts on the embedded database',
  async run(bench) {
    const url = await bench.cluster.createDatabase(DATABASE);
    const idle: number[] = [];
    const first: number[] = [];
    const later: number[] = [];
    for (let round = 0; round < REPEATS; round++) {
      idle.push(await idleMb(bench, url));
      const variables = { DATA_DIR: join(mkdtempSync(join(bench.directory, 'embedded-')), 'data') };
      first.push(await startSeconds(bench, variables));
      later.push(await startSeconds(bench, variables));
    }
    await bench.cluster.dropDatabase(DATABASE);
    return [
      findingOf('idle memory on PostgreSQL', { values: idle, below: GOALS.idleMb, unit: 'MB' }),
      findingOf('first start, embedded database', {
        values: first,
        below: GOALS.firstStartSeconds,
        unit: 's',
      }),
      findingOf('later start, embedded database', {
        values: later,
        below: GOALS.laterStartSeconds,
        unit: 's',
      }),
    ];
  },
};

async function idleMb({ directory, scale }: Bench, url: string): Promise<number> {
  const service = await Service.start({ directory, variables: { DATABASE_URL: url } });
  await delay(IDLE_MS * scale);
  const megabytes = service.residentMb;
  await service.stop();
  return megabytes;
}

async function startSeconds({ directory }: Bench, variables: Record<string, string>): Promise<number> {
  const service = await Service.start({ directory, variables });
  await service.stop();
  return service.startMs / 1000;
}

interface Limited {
  readonly values: readonly number[];
  readonly below: number;
  readonly unit: 'MB' | 's';
}

function findingOf(goal: string, { values, below, unit }: Limited): Finding {
  const { median, lowest, highest } = spreadOf(values);
  const text = (value: number): string => value.toFixed(unit === 's' ? 1 : 0);
  return {
    goal,
    wanted: `below ${below} ${unit}`,
    figure: `${text(median)} ${unit} (${text(lowest)} to ${text(highest)})`,
    isReached: median < below,
    measured: { values, unit },
  };
}
