import { Client } from 'pg';
import { resizeArgsOf } from '../../src/compute/instances/resize/resize-args';
import { aDeletion, FAILURE, GONE, QuotaInvariants, SUCCESS } from '../support/invariants';
import { claim } from '../support/claim';
import { DATABASE_KIND } from '../support/database';
import { describeWhere } from '../support/describe-where';
import { eventually } from '../support/eventually';

/** The order in which every statement locks these rows; two statements with different orders could deadlock. */
const ORDER = ['instances', 'quota_usage', 'host_inventory', 'resource_operations'] as const;
type Table = (typeof ORDER)[number];

const TENANT = 'tenant';
const FULL = { vcpus: 100, ramGB: 100, diskGB: 1000, gpus: 100, gpuModels: { 'nvidia-a2': 100 } };
/** With a model of GPU, so that the triggers that count GPUs run. */
const FLAVOR = {
  name: 'gpu',
  vcpus: 1,
  ramGB: 1,
  diskGB: 1,
  gpus: 1,
  gpuModel: 'nvidia-a2',
  description: '',
};
const EMBEDDED = DATABASE_KIND === 'embedded' ? 'the embedded database has one session' : undefined;

describeWhere(EMBEDDED, 'the order of row locks', () => {
  let invariants: QuotaInvariants;
  let holder: Client;
  let prober: Client;

  beforeAll(async () => {
    invariants = await QuotaInvariants.open({});
    [holder, prober] = [new Client(invariants.url), new Client(invariants.url)];
    await Promise.all([holder.connect(), prober.connect()]);
    await invariants.capacities.upsert('simulated', FULL);
    await invariants.flavors.create(FLAVOR);
    expect(await make()).toBe(true);
  });
  afterAll(async () => {
    await Promise.all([holder.end(), prober.end()]);
    await invariants.close();
  });

  const make = () => invariants.make(TENANT, { flavor: FLAVOR.name });

  async function isFree(table: Table): Promise<boolean> {
    await prober.query('BEGIN');
    try {
      await prober.query(`SELECT 1 FROM ${table} FOR UPDATE NOWAIT`);
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === '55P03') return false;
      throw error;
    } finally {
      await prober.query('ROLLBACK');
    }
  }

  /** The tables with rows that `work` has locked while it waits for the rows of this one. */
  async function lockedBefore(table: Table, work: () => Promise<unknown>): Promise<readonly Table[]> {
    await holder.query('BEGIN');
    await holder.query(`SELECT 1 FROM ${table} FOR UPDATE`);
    const working = work();
    try {
      await eventually(async () => {
        const { rows } = await prober.query(
          `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        );
        expect(rows).toHaveLength(1);
      });
      const others = ORDER.filter((each) => each !== table);
      const locked: Table[] = [];
      for (const each of others) if (!(await isFree(each))) locked.push(each);
      return locked;
    } finally {
      await holder.query('ROLLBACK');
      await working;
    }
  }

  async function due(type: 'create' | 'delete' | 'resize') {
    const operation = (await claim(invariants.queue)).find((each) => each.type === type);
    if (!operation) throw new Error('nothing is due');
    return operation;
  }

  it.each([
    ['quota_usage', []],
    ['host_inventory', ['quota_usage']],
  ] as const)('of a creation that waits for %s', async (table, locked) => {
    expect(await lockedBefore(table, make)).toEqual(locked);
  });

  it.each(ORDER)('of a creation that fails and waits for %s', async (table) => {
    expect(await make()).toBe(true);
    const operation = await due('create');
    const locked = await lockedBefore(table, () => invariants.completions.failAction(operation, FAILURE));
    expect(locked).toEqual(ORDER.slice(0, ORDER.indexOf(table)));
  });

  /** An instance whose creation has succeeded. */
  async function anInstance() {
    expect(await invariants.make(TENANT)).toBe(true);
    const operation = await due('create');
    expect(await invariants.completions.completeAction(operation, SUCCESS)).toBe(true);
    return { id: operation.resourceId, version: 2 };
  }

  it.each([
    ['instances', []],
    ['quota_usage', ['instances']],
    ['host_inventory', ['instances', 'quota_usage']],
  ] as const)('of a resize that waits for %s', async (table, locked) => {
    const ref = await anInstance();
    expect(await lockedBefore(table, () => invariants.resize(TENANT, ref, 'medium'))).toEqual(locked);
  });

  it.each(ORDER)('of a resize that ends and waits for %s', async (table) => {
    expect(await invariants.resize(TENANT, await anInstance(), 'medium')).toBe(true);
    const operation = await due('resize');
    const resized = { ...SUCCESS, size: resizeArgsOf(operation).flavor, isRestarted: false };
    const locked = await lockedBefore(table, () => invariants.resizes.complete(operation, resized));
    expect(locked).toEqual(ORDER.slice(0, ORDER.indexOf(table)));
  });

  it.each(ORDER)('of a deletion that ends and waits for %s', async (table) => {
    expect(await make()).toBe(true);
    const { resourceId } = await due('create');
    const ref = { id: resourceId, version: 1 };
    expect(await invariants.lifecycle.beginDelete(TENANT, ref, aDeletion())).toBeDefined();
    await invariants.database.query({
      name: '',
      text: `UPDATE resource_operations SET due_at = now() WHERE type = 'delete'`,
      values: [],
    });
    const operation = await due('delete');
    const locked = await lockedBefore(table, () => invariants.completions.completeDelete(operation, GONE));
    expect(locked).toEqual(ORDER.slice(0, ORDER.indexOf(table)));
  });
});
