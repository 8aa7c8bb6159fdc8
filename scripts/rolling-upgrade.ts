import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Platform } from '../test/support/platform';
import { PostgresCluster } from '../test/support/postgres';
import { ServiceProcess } from '../test/support/service';
import { check } from './rolling-upgrade/checks';
import { addEarlierInstances } from './rolling-upgrade/earlier-instances';
import { Gateway } from './rolling-upgrade/gateway';
import { Tenant, TENANT_PREFIX } from './rolling-upgrade/tenant';

const TENANTS = 12;
const STEP_MS = 12_000;
const SHOWN = 20;

/** Delays long enough for a replica to stop in the middle of operations. Earlier instances are old. */
const ENVIRONMENT = {
  PROVISION_DELAY_MS: '300',
  RESTART_DELAY_MS: '200',
  EVENT_RETENTION_DAYS: '3650',
  HISTORY_RETENTION_DAYS: '3650',
};

interface World {
  readonly databaseUrl: string;
  readonly platform: Platform;
  readonly gateway: Gateway;
  /** Starts a replica of the version in a directory and puts it into rotation. */
  readonly start: (directory: string) => Promise<ServiceProcess>;
}

/**
 * Replaces two replicas of an old version by two of a new one while tenants use them, and checks that no request
 * failed and that nothing was lost or done twice.
 * Arguments: the directories of the old and of the new version, both built, and the number of instances that exist
 * before.
 */
async function main([old, current, earlier = '0']: readonly string[]): Promise<void> {
  if (old === undefined || current === undefined)
    throw new RangeError('usage: rolling-upgrade.ts <old version> <new version> [instances]');
  const cluster = await PostgresCluster.start();
  const platform = await Platform.start();
  const gateway = new Gateway();
  const replicas: ServiceProcess[] = [];
  try {
    const databaseUrl = await cluster.createDatabase();
    const environment = { ...ENVIRONMENT, ...platform.environment, DATABASE_URL: databaseUrl };
    const start = async (directory: string): Promise<ServiceProcess> => {
      const replica = await ServiceProcess.start(
        environment,
        directory,
        join(resolve(directory), 'dist', 'main.js'),
      );
      replicas.push(replica);
      gateway.add(replica.url);
      return replica;
    };
    const world = { databaseUrl, platform, gateway, start };
    await createSchema(world, old);
    if (earlier !== '0') await addEarlierInstances(databaseUrl, Number(earlier));
    const before = [await start(old), await start(old)];
    say(`two replicas of ${commitOf(old)} serve, with ${earlier} instances`);
    await report(world, await upgradeUnderLoad(world, before, current));
  } finally {
    for (const replica of replicas) await replica.stop();
    await platform.stop();
    await cluster.stop();
  }
}

async function createSchema({ start, gateway }: World, directory: string): Promise<void> {
  const replica = await start(directory);
  gateway.remove(replica.url);
  await replica.stop();
}

async function upgradeUnderLoad(
  world: World,
  before: readonly ServiceProcess[],
  current: string,
): Promise<readonly Tenant[]> {
  const { gateway, platform, start } = world;
  const load = new AbortController();
  const tenants = Array.from(
    { length: TENANTS },
    (_, n) => new Tenant(`${TENANT_PREFIX}${n}`, gateway, platform),
  );
  const running = tenants.map((tenant) => tenant.run(load.signal));
  try {
    await delay(STEP_MS);
    for (const replica of before) {
      await start(current);
      say(`a replica of ${commitOf(current)} serves beside`);
      await delay(STEP_MS);
      gateway.remove(replica.url);
      const code = await replica.stop();
      say(`an old replica stopped with exit code ${String(code)}`);
      await delay(STEP_MS);
    }
  } finally {
    load.abort();
    await Promise.all(running);
  }
  return tenants;
}

async function report({ databaseUrl, platform, gateway }: World, tenants: readonly Tenant[]): Promise<void> {
  const lives = tenants.flatMap((tenant) => tenant.lives);
  const { problems, resumed } = await check(databaseUrl, lives, platform);
  const requests = sumOf([...gateway.answered.values()]);
  const operations = sumOf(lives.map((life) => life.operations.length));
  say(`${requests} requests of ${TENANTS} tenants, the slowest took ${Math.round(gateway.slowest)} ms:`);
  for (const [route, count] of [...gateway.answered].sort()) say(`  ${count} ${route}`);
  const replays = sumOf(tenants.map((tenant) => tenant.replays));
  say(`${operations} operations of ${lives.length} instances; ${replays} changes were sent twice`);
  say(
    `${gateway.repeated} requests repeated because their replica was stopping; ${resumed} operations resumed`,
  );
  const wrong = [...gateway.failures, ...tenants.flatMap((tenant) => tenant.surprises), ...problems];
  for (const problem of wrong.slice(0, SHOWN)) say(`wrong: ${problem}`);
  say(
    wrong.length === 0 ? 'no failed request, nothing lost, nothing done twice' : `${wrong.length} problems`,
  );
  if (wrong.length > 0) process.exitCode = 1;
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function commitOf(directory: string): string {
  return execFileSync('git', ['-C', directory, 'rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

void main(process.argv.slice(2));
