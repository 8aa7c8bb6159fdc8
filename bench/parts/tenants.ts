import { getOf, idIn, INSTANCES, NEW_INSTANCE } from '../support/instances';
import { HostileTenant } from '../support/hostile-tenant';
import { OtherLoad } from '../support/other-load';
import type { Bench, Finding, Part } from '../support/part';
import { Service } from '../support/service';
import { spreadOf } from '../support/statistics';

const DATABASE = 'tenants';
const GOAL_MS = 100;
const OTHER = 'other';
const SECONDS = 10;
/** Requests per second of the other tenant. */
const RATE = 50;
const PENDING = 5000;
/** Low enough to be reached within a minute; creations stay pending. */
const LIMITS = {
  QUOTA_PENDING_OPERATIONS: String(PENDING),
  QUOTA_IDEMPOTENCY_KEYS: '2000',
  PROVISION_DELAY_MS: '3600000',
  LOG_LEVEL: 'warn',
};

/** How much a tenant that has reached all its limits slows down another one. */
export const tenants: Part = {
  name: 'tenants',
  about: "a tenant's reads beside another one that has reached every limit, on both databases",
  async run(bench) {
    const url = await bench.cluster.createDatabase(DATABASE);
    const findings = [
      await measure(bench, 'PostgreSQL', { DATABASE_URL: url }),
      await measure(bench, 'the embedded database', {}),
    ];
    await bench.cluster.dropDatabase(DATABASE);
    return findings;
  },
};

async function measure(
  bench: Bench,
  where: string,
  variables: Readonly<Record<string, string>>,
): Promise<Finding> {
  const { directory, load, rounds, scale } = bench;
  const service = await Service.start({ directory, variables: { ...variables, ...LIMITS } });
  const hostile = new HostileTenant(service.url, scale);
  const others = new OtherLoad();
  const measured: { readonly p50Ms: number; readonly p99Ms: number }[] = [];
  try {
    const id = await create(service.url);
    await hostile.fillTables(2 * PENDING);
    await hostile.holdConnections();
    hostile.attack();
    for (let round = 0; round < rounds; round++) {
      const { p50Ms, p99Ms } = await load.run({
        ...{
          url: service.url,
          connections: 4,
          rate: RATE,
          seconds: Math.max(1, Math.round(SECONDS * scale)),
        },
        requests: [getOf(OTHER, `${INSTANCES}/${id}`), getOf(OTHER, INSTANCES)],
      });
      measured.push({ p50Ms, p99Ms });
      bench.say(`${where}: ${JSON.stringify(measured.at(-1))}`);
    }
  } finally {
    await hostile.stop();
    await service.stop();
  }
  const { median, lowest, highest } = spreadOf(measured.map(({ p99Ms }) => p99Ms));
  const refusals = hostile.refusals();
  bench.say(`${where}: refusals ${JSON.stringify(refusals)}`);
  return {
    goal: `GET beside a tenant that has reached every limit, ${where}`,
    wanted: `p99 below ${GOAL_MS} ms`,
    figure: `p99 ${Math.round(median)} ms (${Math.round(lowest)} to ${Math.round(highest)})`,
    isReached: median < GOAL_MS,
    otherLoad: others.share(),
    measured: { rounds: measured, refusals: refusals },
  };
}

async function create(url: string): Promise<string> {
  const response = await fetch(`${url}${INSTANCES}`, {
    method: 'POST',
    headers: { 'X-Tenant-ID': OTHER, 'Content-Type': 'application/json' },
    body: JSON.stringify(NEW_INSTANCE),
  });
  const id = idIn(await response.text());
  if (id === undefined) throw new Error(`the create was answered with ${response.status}`);
  return id;
}
