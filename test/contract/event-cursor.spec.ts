import { newId } from '../../src/platform/values/uuid';
import { DatabaseConfig } from '../../src/platform/database/database.config';
import { type Database, PageReads, openDatabase } from '../../src/platform/database';
import { EventRecords } from '../../src/compute/events';
import { fromEventId, toEventId, type Position } from '../../src/compute/events/cursor';
import { EventsRepository } from '../../src/compute/events/events.repository';
import { createTestDatabase, DATABASE_KIND, type TestDatabase } from '../support/database';
import { Client } from 'pg';

const TENANT = 'tenant-a';
/** More than any of these tests writes. */
const MANY = 100;
const INSERT = `INSERT INTO resource_events (resource_id, version, tenant_id, type) VALUES ($1, $2, $3, 'updated')`;

/** Reads as a stream does: in pages of up to `limit`, each from the last id received. */
class Reader {
  readonly seen: string[] = [];
  readonly ids: string[] = [];

  constructor(
    private readonly events: EventsRepository,
    private position: Position,
    private readonly limit: number,
  ) {}

  async read(): Promise<void> {
    let isRest = true;
    while (isRest) {
      const batch = await this.events.behind(TENANT, this.position, this.limit);
      if (!batch) throw new Error('ahead');
      for (const { event } of batch.events) this.seen.push(`${event.instanceId} ${event.version}`);
      if (this.seen.length > MANY) throw new Error('goes round in circles');
      const last = batch.events.at(-1);
      const isFull = last !== undefined && batch.events.length === this.limit;
      isRest = isFull || this.position.rest !== undefined;
      const next = isFull
        ? { since: this.position.since, rest: { until: batch.until, seq: last.seq } }
        : { since: batch.until };
      const id = toEventId(next);
      this.ids.push(id);
      this.position = fromEventId(id);
    }
  }
}

describe(`the event cursor in the ${DATABASE_KIND} database`, () => {
  let testDatabase: TestDatabase;
  let database: Database;
  let events: EventsRepository;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    const config = new DatabaseConfig({ ...testDatabase.environment });
    database = await openDatabase(config);
    events = new EventsRepository(database, new PageReads(database, config));
  });
  afterAll(async () => {
    await database.close();
    await testDatabase.remove();
  });

  const write = (id: string, version: number, tenantId = TENANT): Promise<unknown> =>
    database.query({ name: 'write_event', text: INSERT, values: [id, version, tenantId] });

  it('delivers each event once and in order with any page size', async () => {
    const start = { since: await events.now() };
    const readers = [1, 2, 3, 100].map((limit) => new Reader(events, start, limit));
    const id = newId();
    for (let version = 1; version <= 9; version++) {
      await write(id, version);
      await write(newId(), 1, 'tenant-b');
      if (version % 3 === 0) for (const reader of readers) await reader.read();
    }
    const expected = Array.from({ length: 9 }, (_, index) => `${id} ${index + 1}`);
    for (const { seen } of readers) expect(seen).toEqual(expected);
  });

  it('resumes within a group of events that became visible together', async () => {
    const start = { since: await events.now() };
    const ids = [newId(), newId(), newId(), newId(), newId()];
    for (const id of ids) await write(id, 1);
    const first = new Reader(events, start, 2);
    await first.read();
    await write(newId(), 1);
    for (const [index, id] of first.ids.slice(0, 2).entries()) {
      const again = new Reader(events, fromEventId(id), 100);
      await again.read();
      expect(again.seen.slice(0, -1)).toEqual(ids.slice((index + 1) * 2).map((rest) => `${rest} 1`));
    }
  });

  it('is rejected if it is ahead of this database', async () => {
    const { xmin, xmax } = await events.now();
    const ahead = { xmin: xmin + 1_000_000n, xmax: xmax + 1_000_000n, inProgress: [] };
    expect(await events.behind(TENANT, { since: ahead }, 1)).toBeUndefined();
  });

  it('delivers events restored from another server neither twice nor late', async () => {
    const id = newId();
    await write(id, 1);
    await database.query({
      name: 'as_restored',
      text: `UPDATE resource_events SET tx = '1000000000' WHERE resource_id = $1`,
      values: [id],
    });
    const start = { since: await events.now() };
    const early = new Reader(events, start, 10);
    await early.read();
    expect(early.seen).toEqual([`${id} 1`]);
    expect(await new EventRecords(database).takeIn()).toBe(1);
    expect(await new EventRecords(database).takeIn()).toBe(0);
    const reader = new Reader(events, { since: await events.now() }, 10);
    await reader.read();
    expect(reader.seen).toEqual([]);
  });

  const onPostgres = DATABASE_KIND === 'postgres' ? it : it.skip;

  onPostgres('neither loses nor repeats events if a later transaction commits first', async () => {
    const url = testDatabase.environment['DATABASE_URL'];
    const [early, late] = [new Client(url), new Client(url)];
    await Promise.all([early.connect(), late.connect()]);
    const [a, b] = [newId(), newId()];
    const readers = [1, 2, 100].map(
      async (limit) => new Reader(events, { since: await events.now() }, limit),
    );
    const all = await Promise.all(readers);
    await early.query('BEGIN');
    await early.query(INSERT, [a, 1, TENANT]);
    await late.query('BEGIN');
    await late.query(INSERT, [b, 1, TENANT]);
    await late.query('COMMIT');
    for (const reader of all) await reader.read();
    for (const { seen } of all) expect(seen).toEqual([`${b} 1`]);
    await write(b, 2);
    for (const reader of all) await reader.read();
    await early.query('COMMIT');
    await write(a, 2);
    for (const reader of all) await reader.read();
    for (const { seen } of all) expect(seen).toEqual([`${b} 1`, `${b} 2`, `${a} 1`, `${a} 2`]);
    await Promise.all([early.end(), late.end()]);
  });
});
