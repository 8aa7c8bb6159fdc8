import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readMigrations } from './migrations';
import { RELEASED_CHECKSUMS } from './released-checksums';

describe('the checksums of migrations', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'migrations-'));
  });

  afterEach(() => rmSync(directory, { recursive: true }));

  const checksumOf = (sql: string): string | undefined => {
    writeFileSync(join(directory, '0001_initial.sql'), sql);
    return readMigrations(directory)[0]?.checksum;
  };

  it('of released migrations are those that existing databases store', () => {
    const released = [...RELEASED_CHECKSUMS.values()];

    expect(
      readMigrations()
        .slice(0, released.length)
        .map(({ checksum }) => checksum),
    ).toEqual(released);
  });

  it('of a released migration change with its statements, and not with its comments', () => {
    const [initial] = readMigrations();
    if (!initial) throw new Error('no migrations');
    const { sql, checksum } = initial;

    expect(checksumOf(`-- A new comment\n\n${sql}`)).toBe(checksum);
    expect(checksumOf(sql.replace('name          text', 'name text'))).not.toBe(checksum);
    expect(checksumOf(`${sql}DROP TABLE instances;\n`)).not.toBe(checksum);
  });

  it('of other migrations cover the whole text', () => {
    const sql = '-- A comment\nSELECT 1;\n';

    expect(checksumOf(sql)).toBe(createHash('sha256').update(sql).digest('hex'));
  });
});
