import { CREATE } from '../support/instances';
import { CONNECTIONS } from '../support/load-generator';
import type { Bench, Finding, Part } from '../support/part';
import { drained } from '../support/queue';
import { interleave } from '../support/rounds';
import { Service } from '../support/service';
import { Writer } from '../support/writer';
import { findingsOf } from './creates.findings';
import { sustain } from './creates.sustained';

/** One database per variant: bare statements, and the service with and without work for its worker. */
const BARE = 'creates_bare';
const WORKED = 'creates_worked';
const HELD = 'creates_held';
const HOUR_MS = '3600000';

type Variables = Readonly<Record<string, string>>;

/**
 * Compares creates with the database's own rate for the same transaction.
 *
 * The worker shares the two cores with the requests being measured, so there are two figures: one
 * while it executes every creation (three more statements per operation), and one in which
 * each creation takes an hour and the worker may hold only a few, so that the rest stay queued.
 */
export const creates: Part = {
  name: 'creates',
  about: 'creates beside the bare transaction, for a minute, nothing lost',
  async run(bench) {
    const { cluster } = bench;
    const urls = {
      bare: await cluster.createDatabase(BARE),
      worked: await cluster.createDatabase(WORKED),
      held: await cluster.createDatabase(HELD),
    };
    // The service creates the schema.
    await (await start(bench, urls.bare, '0')).stop();
    const worked = await start(bench, urls.worked, '0');
    const held = await start(bench, urls.held, HOUR_MS, { WORKER_CONCURRENCY: '128' });
    const writer = new Writer(urls.bare);
    try {
      return await compare(bench, { worked, held, writer });
    } finally {
      await Promise.all([worked.stop(), held.kill(), writer.stop()]);
      for (const database of [BARE, WORKED, HELD]) await cluster.dropDatabase(database);
    }
  },
};

interface Compared {
  readonly worked: Service;
  readonly held: Service;
  readonly writer: Writer;
}

async function compare(bench: Bench, { worked, held, writer }: Compared): Promise<readonly Finding[]> {
  const seconds = Math.max(1, 5 * bench.scale);
  const rates = await interleave(bench, {
    bare: () => writer.perSecond(seconds),
    held: () => create(bench, held, seconds),
    worked: async () => {
      const rate = await create(bench, worked, seconds);
      // Remaining work would slow down the next task.
      await drained(bench.cluster, WORKED);
      return rate;
    },
  });
  bench.say('a minute of creates');
  return findingsOf(rates, await sustain(bench, worked, writer));
}

async function create({ load }: Bench, { url }: Service, seconds: number): Promise<number> {
  const { perSecond } = await load.run({ url, connections: CONNECTIONS, seconds, requests: [CREATE] });
  return perSecond;
}

function start({ directory }: Bench, url: string, delayMs: string, more: Variables = {}): Promise<Service> {
  const variables = { DATABASE_URL: url, PROVISION_DELAY_MS: delayMs, ...more };
  return Service.start({ directory, variables });
}
