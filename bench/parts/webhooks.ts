import { fillOf } from '../support/instances';
import type { Bench, Finding, Part } from '../support/part';
import { freePort } from '../support/processes';
import { Receivers, type DeliveryResult } from '../support/receivers';
import { interleave, type Series } from '../support/rounds';
import { Service } from '../support/service';
import { medianOf, ratiosOf, ratioText } from '../support/statistics';

const DATABASE = 'webhooks';
const PER_SECOND = 1000;
const SECONDS = 10;
const TENANTS = 50;
const DEAD = 10;
const INSTANCES = 1000;
const GOAL = 1.2;

/** Deliveries to living receivers, with and without dead ones beside them. */
export const webhooks: Part = {
  name: 'webhooks',
  about: 'events through webhooks, some of which have dead receivers',
  async run(bench) {
    const DATABASE_URL = await bench.cluster.createDatabase(DATABASE);
    const variables = { DATABASE_URL, WEBHOOK_ALLOW_HTTP: 'true', WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8' };
    const service = await Service.start({ directory: bench.directory, variables });
    await fill(bench);
    const receivers = new Receivers(DATABASE_URL);
    const ports = await receivers.listen();
    const refusing = await freePort();
    const ids = new Map<string, string>();
    for (let i = 0; i < TENANTS; i++) {
      const tenant = tenantOf(i);
      const isHanging = i % 2 === 0;
      const dead = isHanging ? ports.hanging : refusing;
      ids.set(tenant, await createWebhook(service, tenant, i < DEAD ? dead : ports.answering));
    }
    const perSecond = bench.isQuick ? PER_SECOND / 10 : PER_SECOND;
    const changes = { seconds: Math.max(2, SECONDS * bench.scale), perSecond, living: 'living' };
    const turn = async (areDeadEnabled: boolean): Promise<DeliveryResult> => {
      for (const [tenant, id] of ids)
        if (tenant.startsWith('dead')) await enable(service, tenant, id, areDeadEnabled);
      return receivers.deliver(changes);
    };
    const before = service.cpuSeconds;
    const series = await interleave(bench, { without: () => turn(false), withDead: () => turn(true) });
    bench.say(`the service took ${(service.cpuSeconds - before).toFixed(1)} s of processor time`);
    await receivers.stop();
    await service.stop();
    await bench.cluster.dropDatabase(DATABASE);
    return [delayOf(series), lostOf(series)];
  },
};

function tenantOf(i: number): string {
  return i < DEAD ? `dead-${i}` : `living-${i}`;
}

async function fill({ cluster }: Bench): Promise<void> {
  const number = `(i % ${TENANTS})`;
  const tenant = `CASE WHEN ${number} < ${DEAD} THEN 'dead-' ELSE 'living-' END || ${number}`;
  await cluster.execute(
    DATABASE,
    fillOf({ count: INSTANCES, tenant, status: 'running' }),
    'VACUUM ANALYZE instances',
  );
}

async function createWebhook({ url }: Service, tenant: string, port: number): Promise<string> {
  const response = await fetch(`${url}/api/v1/compute/webhooks`, {
    method: 'POST',
    headers: { 'X-Tenant-ID': tenant, 'Content-Type': 'application/json' },
    body: JSON.stringify({ url: `http://127.0.0.1:${port}/`, types: ['*'] }),
  });
  const made: unknown = await response.json();
  if (typeof made !== 'object' || made === null || !('id' in made))
    throw new Error(`the webhook answered ${JSON.stringify(made)}`);
  return String(made.id);
}

async function enable({ url }: Service, tenant: string, id: string, enabled: boolean): Promise<void> {
  const response = await fetch(`${url}/api/v1/compute/webhooks/${id}`, {
    method: 'PATCH',
    headers: { 'X-Tenant-ID': tenant, 'Content-Type': 'application/json' },
    body: JSON.stringify({ enabled }),
  });
  if (!response.ok) throw new Error(`PATCH answered ${response.status}: ${await response.text()}`);
}

function delayOf(series: Series<DeliveryResult>): Finding {
  const [withDead, without] = [series.of('withDead'), series.of('without')];
  const p50 = ratiosOf(
    withDead.map((result) => result.p50),
    without.map((result) => result.p50),
  );
  const ms = (results: readonly DeliveryResult[], of: 'p50' | 'p99'): string =>
    medianOf(results.map((result) => result[of])).toFixed(0);
  const rate = medianOf(withDead.map(({ perSecond }) => perSecond));
  return {
    goal: `webhooks, ${PER_SECOND} events a second to ${TENANTS} receivers, of which ${DEAD} are dead: delay of the others`,
    wanted: `p50 at most ${GOAL} times that without dead ones`,
    figure: `${ratioText(p50)}: ${ms(withDead, 'p50')} ms, p99 ${ms(withDead, 'p99')} ms, at ${rate.toFixed(0)}/s`,
    isReached: p50.median <= GOAL,
    remark: `without dead ones p50 ${ms(without, 'p50')} ms, p99 ${ms(without, 'p99')} ms`,
    otherLoad: series.otherLoad,
    measured: { withDead, without },
  };
}

function lostOf(series: Series<DeliveryResult>): Finding {
  const all = [...series.of('withDead'), ...series.of('without')];
  const missing = all.reduce((sum, { expected, received }) => sum + Math.max(0, expected - received), 0);
  return {
    goal: 'webhooks: no event of a living receiver is lost',
    wanted: 'each arrives within 30 s',
    figure: `${all.reduce((sum, { expected }) => sum + expected, 0)} events, ${missing} missing`,
    isReached: missing === 0,
    isWrong: missing > 0,
    otherLoad: series.otherLoad,
    measured: { all },
  };
}
