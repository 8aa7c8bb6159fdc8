import { existsSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../../../test/support/eventually';
import '../../../../test/support/mute-log';
import type { Statement } from '../database';
import { DatabaseUnavailableError } from '../database.errors';
import { EmbeddedDatabase } from './embedded.database';

const TIMEOUT_MS = 3000;
const SHORT_TIMEOUT_MS = 100;
/** More than three ticks of the watchdog. */
const SHORT_STATEMENTS_MS = 2000;
const PATIENCE = { withinMs: 50_000 };

const ENDLESS: Statement = {
  name: 'endless',
  // Within the select list, generate_series writes no temporary file.
  text: 'SELECT count(*) FROM (SELECT generate_series(1, 1e15::bigint)) AS numbers',
  values: [],
};

const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);

describe('EmbeddedDatabase', () => {
  let path: string;
  let database: EmbeddedDatabase;

  beforeEach(async () => {
    path = mkdtempSync(join(tmpdir(), 'compute-embedded-'));
    database = await EmbeddedDatabase.open(path, 1, TIMEOUT_MS);
    await database.transaction((session) =>
      session.script('CREATE TABLE numbers (number integer PRIMARY KEY)'),
    );
    database.markSchema(1);
  }, 120_000);
  afterEach(async () => {
    await database.close();
    rmSync(path, { recursive: true, force: true });
  });

  const sql = (text: string, ...values: readonly unknown[]): Statement => ({ name: '', text, values });
  const insert = (number: number) => database.query(sql('INSERT INTO numbers VALUES ($1)', number));
  const numbers = async (): Promise<readonly number[]> => {
    const rows = await database.query<{ number: number }>(sql('SELECT number FROM numbers ORDER BY number'));
    return rows.map(({ number }) => number);
  };

  it('lets no other user of the machine read a new database', () => {
    expect(statSync(join(path, 'pglite')).mode & 0o777).toBe(0o700);
  });

  it('restarts an engine that does not answer in time, and keeps committed data', async () => {
    await insert(1);
    const endless = database.query(ENDLESS);
    const behind = insert(2);
    await expect(endless).rejects.toMatchObject({
      name: 'DatabaseUnavailableError',
      cause: { message: `the embedded database did not answer statement endless within ${TIMEOUT_MS} ms` },
    });
    await expect(behind).rejects.toThrow(DatabaseUnavailableError);
    await expect(insert(3)).rejects.toThrow('restarting');
    await eventually(() => insert(4), PATIENCE);
    expect(await numbers()).toEqual([1, 4]);
  }, 120_000);

  it('never aborts a statement before its timeout', async () => {
    await database.close();
    database = await EmbeddedDatabase.open(path, 1, SHORT_TIMEOUT_MS);
    const end = performance.now() + SHORT_STATEMENTS_MS;
    const isAnswered = async (): Promise<boolean> => {
      const start = performance.now();
      try {
        await database.query(sql('SELECT count(*) FROM generate_series(1, 1000)'));
        return true;
      } catch {
        // On a busy machine even a short statement may take longer.
        expect(performance.now() - start).toBeGreaterThanOrEqual(SHORT_TIMEOUT_MS);
        return false;
      }
    };
    while (performance.now() < end) if (!(await isAnswered())) break;
  }, 120_000);

  it('restarts a hanging engine once its missing directory is back, and creates no empty database', async () => {
    // Answered before the endless statement runs.
    const started = database.query({ ...ENDLESS, text: ENDLESS.text.replace('1e15', '10') });
    const refused = expect(database.query(ENDLESS)).rejects.toMatchObject({
      cause: { message: matching(/ENOENT/) },
    });
    await started;
    const away = `${path}.away`;
    renameSync(path, away);
    await refused;
    await eventually(
      () => expect(insert(1)).rejects.toMatchObject({ cause: { message: matching(/are missing/) } }),
      PATIENCE,
    );
    expect(existsSync(path)).toBe(false);
    renameSync(away, path);
    await eventually(() => insert(1), PATIENCE);
  }, 120_000);

  it('rejects statements as overload when too many wait', async () => {
    const waiting = [ENDLESS, ...Array<Statement>(9999).fill(sql('SELECT 1'))].map((statement) =>
      database.query(statement).catch(() => undefined),
    );
    await expect(database.query(sql('SELECT 1'))).rejects.toThrow('overloaded');
    await database.close();
    await Promise.all(waiting);
  }, 120_000);

  it('continues after a parameter that cannot be serialized', async () => {
    await expect(database.query(sql('SELECT $1::boolean', 'maybe'))).rejects.toThrow(
      'Invalid input for boolean',
    );
    await insert(1);
    expect(await numbers()).toEqual([1]);
  });

  it('closes while its engine hangs', async () => {
    const endless = database.query(ENDLESS);
    const refused = expect(endless).rejects.toThrow(DatabaseUnavailableError);
    await database.close();
    await refused;
    database = await EmbeddedDatabase.open(path, 1, TIMEOUT_MS);
    expect(await numbers()).toEqual([]);
  }, 120_000);

  it('keeps other statements out of a transaction, and rolls it back if it fails', async () => {
    let outside: Promise<unknown> | undefined;
    const transaction = database.transaction(async (session) => {
      outside = insert(1);
      await session.query(sql('INSERT INTO numbers VALUES (2)'));
      throw new Error('no');
    });
    await expect(transaction).rejects.toThrow('no');
    await outside;
    expect(await numbers()).toEqual([1]);
  });

  it('rolls back a dry run', async () => {
    const rows = await database.dryRun(sql('INSERT INTO numbers VALUES (1) RETURNING number'));
    expect(rows).toEqual([{ number: 1 }]);
    expect(await numbers()).toEqual([]);
  });

  it('reports a violated constraint with its state and name', async () => {
    await insert(1);
    await expect(insert(1)).rejects.toMatchObject({ code: '23505', constraint: 'numbers_pkey' });
  });
});
