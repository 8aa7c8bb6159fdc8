import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../../test/support/eventually';
import { DatabaseUnavailableError, type Statement } from '../database';
import { EmbeddedDatabase } from './embedded.database';

const PATIENCE = { withinMs: 50_000 };

describe('EmbeddedDatabase', () => {
  let path: string;
  let database: EmbeddedDatabase;

  beforeEach(async () => {
    path = mkdtempSync(join(tmpdir(), 'compute-embedded-'));
    database = await EmbeddedDatabase.open(path, 1, 3000);
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

  it('ends an engine that does not answer in time, and goes on with everything committed', async () => {
    await insert(1);
    const endless = database.query(sql('SELECT count(*) FROM generate_series(1, 1e15::bigint)'));
    const behind = insert(2);
    await expect(endless).rejects.toThrow(DatabaseUnavailableError);
    await expect(behind).rejects.toThrow(DatabaseUnavailableError);
    await expect(insert(3)).rejects.toThrow('restarting');
    await eventually(() => insert(4), PATIENCE);
    expect(await numbers()).toEqual([1, 4]);
  }, 120_000);

  it('closes while its engine hangs', async () => {
    const endless = database.query(sql('SELECT count(*) FROM generate_series(1, 1e15::bigint)'));
    const refused = expect(endless).rejects.toThrow(DatabaseUnavailableError);
    await database.close();
    await refused;
    database = await EmbeddedDatabase.open(path, 1, 3000);
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

  it('rolls a dry run back', async () => {
    const rows = await database.rehearse(sql('INSERT INTO numbers VALUES (1) RETURNING number'));
    expect(rows).toEqual([{ number: 1 }]);
    expect(await numbers()).toEqual([]);
  });

  it('reports a violated constraint with its state and name', async () => {
    await insert(1);
    await expect(insert(1)).rejects.toMatchObject({ code: '23505', constraint: 'numbers_pkey' });
  });
});
