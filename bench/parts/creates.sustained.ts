import { CREATE } from '../support/instances';
import { CONNECTIONS } from '../support/load-generator';
import { OtherLoad } from '../support/other-load';
import type { Bench } from '../support/part';
import { drained, openOperations } from '../support/queue';
import type { Service } from '../support/service';
import { medianOf } from '../support/statistics';
import type { Writer } from '../support/writer';

const DATABASE = 'creates_worked';

export interface Sustained {
  readonly seconds: number;
  readonly perSecond: number;
  readonly p99Ms: number;
  /** The bare rate right before and right after. */
  readonly barePerSecond: readonly number[];
  readonly answered: number;
  /** Rows added in the minute; may exceed `answered` by one per connection, for requests cut off at the end. */
  readonly rows: number;
  /** Instances answered with 201 that are missing or not running after the queue has drained. */
  readonly lost: number;
  /** Rows not running after the queue has drained. */
  readonly unfinished: number;
  /** Operations still open when the last create was answered, and how long they took to finish. */
  readonly backlog: number;
  readonly drainSeconds: number;
  readonly otherLoad: number;
  readonly residentMb: readonly number[];
  readonly earlyMb: number;
  readonly lateMb: number;
}

/** A minute of continuous creates, with memory sampled every second; checks afterwards that every answer has a row. */
export async function sustain(bench: Bench, service: Service, writer: Writer): Promise<Sustained> {
  const { cluster, load, scale } = bench;
  const seconds = Math.max(6, 60 * scale);
  const bareSeconds = Math.max(1, 10 * scale);
  const before = await writer.perSecond(bareSeconds);
  const rowsBefore = await count(bench, 'true');
  const residentMb: number[] = [];
  const others = new OtherLoad();
  const sampler = setInterval(() => residentMb.push(service.residentMb), 1000);
  const result = await load
    .run({ url: service.url, connections: CONNECTIONS, seconds, requests: [CREATE], keepsIds: true })
    .finally(() => clearInterval(sampler));
  const otherLoad = others.share();
  const backlog = await openOperations(cluster, DATABASE);
  const drainSeconds = await drained(cluster, DATABASE);
  const after = await writer.perSecond(bareSeconds);
  const tenth = Math.max(1, Math.floor(residentMb.length / 6));
  return {
    seconds,
    perSecond: result.perSecond,
    p99Ms: result.p99Ms,
    barePerSecond: [before, after],
    answered: result.ids.length,
    rows: (await count(bench, 'true')) - rowsBefore,
    lost: await lostOf(bench, result.ids),
    unfinished: await count(bench, `status <> 'running'`),
    backlog,
    drainSeconds,
    otherLoad,
    residentMb,
    earlyMb: medianOf(residentMb.slice(tenth, 2 * tenth)),
    lateMb: medianOf(residentMb.slice(-tenth)),
  };
}

async function count({ cluster }: Bench, condition: string): Promise<number> {
  const text = `SELECT count(*)::int AS count FROM instances WHERE ${condition}`;
  return (await cluster.numbers<'count'>(DATABASE, text)).count;
}

async function lostOf({ cluster }: Bench, ids: readonly string[]): Promise<number> {
  const text = `
    SELECT (cardinality($1::uuid[]) - count(DISTINCT id))::int AS lost
    FROM instances WHERE status = 'running' AND id = ANY($1::uuid[])`;
  return (await cluster.numbers<'lost'>(DATABASE, text, [ids])).lost;
}
