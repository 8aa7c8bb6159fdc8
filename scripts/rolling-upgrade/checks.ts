import { Client } from 'pg';
import { eventually } from '../../test/support/eventually';
import { MISCOUNTED } from '../../test/support/ledger';
import type { Platform } from '../../test/support/platform';
import { TENANT_PREFIX, type Life } from './tenant';

/** Peers keep that many requests; with more, calls could not be counted. */
const KEPT_REQUESTS = 10_000;

/** Rows of the tenants of this run. */
const OWN = `tenant_id LIKE '${TENANT_PREFIX}%'`;

interface OperationRow {
  readonly of: string;
  readonly type: string;
  readonly status: string;
  readonly attempts: number;
}

export interface Result {
  readonly problems: readonly string[];
  /** Operations that a stopping replica returned to the queue. */
  readonly resumed: number;
}

/** Compares the database and the platform services with what the tenants did. */
export async function check(url: string, lives: readonly Life[], platform: Platform): Promise<Result> {
  const sql = new Client(url);
  await sql.connect();
  try {
    await settle(sql);
    const operations = await rowsOf<OperationRow>(
      sql,
      `SELECT resource_id AS of, type, status, attempts FROM resource_operations WHERE ${OWN} ORDER BY id`,
    );
    return {
      problems: [
        ...wrongOperations(operations, lives),
        ...(await wrongInstances(sql, lives)),
        ...(await wrongEvents(sql)),
        ...wrongCalls(lives, platform),
        ...(await rowsOf<{ of: string }>(sql, MISCOUNTED)).map(({ of }) => `usage of ${of}`),
      ],
      resumed: operations.filter(({ attempts }) => attempts > 1).length,
    };
  } finally {
    await sql.end();
  }
}

/** Waits until all operations have ended; throws if one is stuck. */
async function settle(sql: Client): Promise<void> {
  await eventually(async () => {
    const open = await rowsOf(
      sql,
      `SELECT 'operation ' || id AS open FROM resource_operations WHERE status IN ('pending', 'running')
      UNION ALL SELECT 'metric ' || id FROM outbox`,
    );
    if (open.length > 0) throw new Error(`still in progress: ${JSON.stringify(open.slice(0, 5))}`);
  });
}

function wrongOperations(rows: readonly OperationRow[], lives: readonly Life[]): readonly string[] {
  const found = grouped(rows, ({ of }) => of);
  const unknown = [...found.keys()].filter((id) => !lives.some((life) => life.id === id));
  return [
    ...unknown.map((id) => `operations of ${id}, which nobody created`),
    ...lives.flatMap(({ id, operations }) => {
      const own = found.get(id) ?? [];
      const isRight =
        own.map(({ type }) => type).join() === operations.join() &&
        own.every(({ status }) => status === 'succeeded');
      return isRight
        ? []
        : [`${id}: ${operations.join()} were accepted, but done are ${JSON.stringify(own)}`];
    }),
  ];
}

async function wrongInstances(sql: Client, lives: readonly Life[]): Promise<readonly string[]> {
  const rows = await rowsOf<{ id: string; status: string }>(
    sql,
    `SELECT id, status FROM instances WHERE ${OWN}`,
  );
  const statuses = new Map(rows.map(({ id, status }) => [id, status]));
  const kept = lives.filter(({ isDeleted }) => !isDeleted);
  return [
    ...lives
      .filter(({ id, isDeleted }) => statuses.get(id) !== (isDeleted ? undefined : 'running'))
      .map(({ id }) => `${id} is ${statuses.get(id) ?? 'gone'}`),
    ...(rows.length === kept.length ? [] : [`${rows.length} instances instead of ${kept.length}`]),
  ];
}

/** Each version of an instance has one event, and each operation one request and one outcome, and no step twice. */
async function wrongEvents(sql: Client): Promise<readonly string[]> {
  const gaps = await rowsOf<{ of: string }>(
    sql,
    `SELECT resource_id AS of FROM resource_events WHERE ${OWN} GROUP BY 1 HAVING count(*) <> max(version) OR min(version) <> 1`,
  );
  const outcomes = await rowsOf<{ of: string }>(
    sql,
    `SELECT o.id || ' (' || o.type || '): ' || coalesce(string_agg(e.type, ' '), 'none') AS of
    FROM resource_operations o LEFT JOIN resource_events e ON e.operation_id = o.id
    WHERE o.${OWN}
    GROUP BY o.id, o.type
    HAVING count(*) FILTER (WHERE e.type LIKE '%.requested') <> 1
      OR count(*) FILTER (WHERE e.type LIKE ANY ('{%.succeeded,%.failed,%.cancelled}')) <> 1
      OR count(DISTINCT e.type) <> count(*)`,
  );
  return [
    ...gaps.map(({ of }) => `versions of ${of} have gaps`),
    ...outcomes.map(({ of }) => `events of operation ${of}`),
  ];
}

function wrongCalls(lives: readonly Life[], { storage, monitoring }: Platform): readonly string[] {
  if (storage.received.length === KEPT_REQUESTS) return ['too many calls of Storage to count them'];
  const calls = grouped(storage.received, ({ path }) => path);
  const volumes = lives.flatMap((life) => life.volumes);
  const wrong = volumes.flatMap((volume) =>
    ['attach', 'detach'].flatMap((verb) => {
      const count = calls.get(`/api/v1/storage/volumes/${volume}/${verb}`)?.length ?? 0;
      return count === 1 ? [] : [`volume ${volume}: ${count} calls to ${verb}`];
    }),
  );
  const attached = [...storage.volumes.values()].filter(({ attachedTo }) => attachedTo !== '');
  const metrics = monitoring.metrics.filter(({ name }) => name.includes('created')).length;
  return [
    ...wrong,
    ...attached.map(({ id }) => `volume ${id} is still attached`),
    ...(metrics === lives.length ? [] : [`${metrics} metrics of ${lives.length} created instances`]),
  ];
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

async function rowsOf<Row extends object>(sql: Client, text: string): Promise<readonly Row[]> {
  return (await sql.query<Row>(text)).rows;
}
