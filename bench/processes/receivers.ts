import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { poolOf } from '../support/cluster';
import { serve } from '../support/helper';
import { listening } from '../support/processes';
import type { DeliveryResult } from '../support/receivers';

const EVERY_MS = 50;
/** For deliveries that are still missing after the last event. */
const LAST_MS = 30_000;
/** The service listens here for changes by other processes. */
const CHANNEL = 'compute_instances';

/** Changes instances as the service does, and tells it. */
const CHANGE = {
  name: 'change',
  text: `
    WITH changed AS (
      UPDATE instances SET version = version + 1 WHERE id = ANY($1::uuid[]) RETURNING id, tenant_id, version, status
    ), event AS (
      INSERT INTO resource_events (resource_id, version, tenant_id, type, from_status, to_status, request_id)
      SELECT id, version, tenant_id, 'updated', status, status, 'bench' FROM changed
    )
    SELECT string_agg(tenant_id || ' ' || id, E'\\n') AS messages FROM changed`,
};

const pool = poolOf(process.env['DATABASE_URL'] ?? 'the bench sets it');
/** From the event to its delivery. */
let delays: number[] = [];

serve(async (task) => {
  if (isStart(task)) {
    const answering = await listening(createServer(receive));
    const hanging = await listening(createServer(() => undefined));
    return { answering, hanging };
  }
  if (!isTask(task))
    throw new TypeError('say how many events, for how long, and how many of them are received');
  return deliver(task);
});

interface Task {
  readonly seconds: number;
  readonly perSecond: number;
  /** Tenants whose receivers answer begin with it. */
  readonly living: string;
}

function isStart(task: unknown): boolean {
  return typeof task === 'object' && task !== null && 'seconds' in task && task.seconds === 0;
}

function isTask(task: unknown): task is Task {
  return typeof task === 'object' && task !== null && 'perSecond' in task && 'living' in task;
}

function receive(request: IncomingMessage, response: ServerResponse): void {
  let body = '';
  request.setEncoding('utf8').on('data', (part: string) => (body += part));
  request.on('end', () => {
    const event: unknown = JSON.parse(body);
    if (typeof event === 'object' && event !== null && 'timestamp' in event) {
      delays.push(Date.now() - Date.parse(String(event.timestamp)));
    }
    response.writeHead(204).end();
  });
}

async function deliver({ seconds, perSecond, living }: Task): Promise<DeliveryResult> {
  const { rows } = await pool.query<{ id: string; isLiving: boolean }>(
    `SELECT id, tenant_id LIKE $1 || '%' AS "isLiving" FROM instances ORDER BY md5(id::text)`,
    [living],
  );
  delays = [];
  const started = performance.now();
  let changed = 0;
  let expected = 0;
  for (let next = started; next < started + seconds * 1000; next += EVERY_MS) {
    await delay(Math.max(0, next - performance.now()));
    const due = Math.round(((next + EVERY_MS - started) / 1000) * perSecond) - changed;
    const chosen = Array.from({ length: due }, (_, index) => rows[(changed + index) % rows.length]);
    const known = chosen.filter((row) => row !== undefined);
    await change(known.map(({ id }) => id));
    changed += due;
    expected += known.filter(({ isLiving }) => isLiving).length;
  }
  const took = (performance.now() - started) / 1000;
  const end = performance.now() + LAST_MS;
  while (delays.length < expected && performance.now() < end) await delay(EVERY_MS);
  const sorted = delays.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { perSecond: changed / took, expected, received: delays.length, p50: at(0.5), p99: at(0.99) };
}

async function change(ids: readonly string[]): Promise<void> {
  const { rows } = await pool.query<{ messages: string }>({ ...CHANGE, values: [ids] });
  await pool.query('SELECT pg_notify($1, $2)', [CHANNEL, rows[0]?.messages ?? '']);
}
