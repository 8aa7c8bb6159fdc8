import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Bench, Finding, Part } from '../support/part';
import { interleave, type Series } from '../support/rounds';
import { Service } from '../support/service';
import { spreadOf } from '../support/statistics';

const DATABASE = 'footprint';
const REPEATS = 3;
const IDLE_MS = 10_000;
const GOALS = { idleMb: 150, firstStartSeconds: 8, laterStartSeconds: 3 };

/** Memory when idle, and startup time. */
export const footprint: Part = {
  name: 'footprint',
  about: 'idle memory, and starts on the embedded database',
  async run(bench) {
    const url = await bench.cluster.createDatabase(DATABASE);
    let variables = {};
    const series = await interleave(
      { ...bench, rounds: REPEATS },
      {
        idle: () => idleMb(bench, url),
        first: () => {
          variables = { DATA_DIR: join(mkdtempSync(join(bench.directory, 'embedded-')), 'data') };
          return startSeconds(bench, variables);
        },
        later: () => startSeconds(bench, variables),
      },
    );
    await bench.cluster.dropDatabase(DATABASE);
    return [
      findingOf(series, 'idle', { goal: 'idle memory on PostgreSQL', below: GOALS.idleMb, unit: 'MB' }),
      findingOf(series, 'first', {
        goal: 'first start, embedded database',
        below: GOALS.firstStartSeconds,
        unit: 's',
      }),
      findingOf(series, 'later', {
        goal: 'later start, embedded database',
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

interface Limit {
  readonly goal: string;
  readonly below: number;
  readonly unit: 'MB' | 's';
}

function findingOf(series: Series<number>, name: string, { goal, below, unit }: Limit): Finding {
  const values = series.of(name);
  const { median, lowest, highest } = spreadOf(values);
  const text = (value: number): string => value.toFixed(unit === 's' ? 1 : 0);
  return {
    goal,
    wanted: `below ${below} ${unit}`,
    figure: `${text(median)} ${unit} (${text(lowest)} to ${text(highest)})`,
    isReached: median < below,
    otherLoad: series.otherLoad,
    measured: { values, unit },
  };
}
