import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '../../config';
import { messageOf } from '../../errors/app.error';
import { DirectoryLock, DirectoryInUseError } from './directory-lock';

/** Version of the directory layout; increase it when files move or change their meaning. */
const LAYOUT = 1;
const FORMAT_FILE = 'format.json';
const DATABASE = 'pglite';

interface Format {
  readonly layout: number;
  readonly schema: number;
}

/** The data directory of the embedded database: its lock, layout and schema version. */
export class DataDirectory {
  private constructor(
    readonly path: string,
    private readonly lock: DirectoryLock,
  ) {}

  get databasePath(): string {
    return join(this.path, DATABASE);
  }

  /**
   * Locks the directory for this process, and creates it if it does not exist.
   * @throws {ConfigurationError} if another process holds it or a newer version wrote it; it stays unchanged.
   */
  static async claim(path: string, schemaVersion: number): Promise<DataDirectory> {
    try {
      refuseNewer(path, schemaVersion);
      mkdirSync(path, { recursive: true });
      const lock = await DirectoryLock.acquire(path);
      try {
        // Checked again under the lock: it may have been upgraded in between.
        refuseNewer(path, schemaVersion);
      } catch (error) {
        lock.release();
        throw error;
      }
      setUnfinishedAside(path);
      return new DataDirectory(path, lock);
    } catch (error) {
      if (error instanceof ConfigurationError) throw error;
      if (error instanceof DirectoryInUseError) throw new ConfigurationError([error.message]);
      throw new ConfigurationError([`DATA_DIR ${path} cannot be used: ${messageOf(error)}`]);
    }
  }

  isNew(): boolean {
    return !existsSync(this.databasePath);
  }

  /** Records that the database is complete and has this schema version. */
  mark(schema: number): void {
    const format: Format = { layout: LAYOUT, schema };
    const file = join(this.path, FORMAT_FILE);
    writeFileSync(`${file}.new`, `${JSON.stringify(format)}\n`);
    renameSync(`${file}.new`, file);
  }

  /** Deletes a database that this process failed to create; no write to it was acknowledged. */
  removeDatabase(): void {
    rmSync(this.databasePath, { recursive: true, force: true });
  }

  release(): void {
    this.lock.release();
  }
}

/** A database without a format file was never completed; no write to it was acknowledged. */
function setUnfinishedAside(path: string): void {
  const database = join(path, DATABASE);
  if (existsSync(join(path, FORMAT_FILE)) || !existsSync(database)) return;
  renameSync(database, `${database}.unfinished-${randomUUID()}`);
}

function refuseNewer(path: string, schemaVersion: number): void {
  const file = join(path, FORMAT_FILE);
  if (!existsSync(file)) return;
  const { layout, schema } = parseFormat(file);
  if (layout <= LAYOUT && schema <= schemaVersion) return;
  throw new ConfigurationError([
    `DATA_DIR ${path} was written by a newer version of this service ` +
      `(layout ${layout}, schema ${schema}; this version supports ${LAYOUT} and ${schemaVersion}): run the newer version`,
  ]);
}

function parseFormat(file: string): Format {
  const format: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof format === 'object' && format !== null && 'layout' in format && 'schema' in format) {
    const { layout, schema } = format;
    if (typeof layout === 'number' && typeof schema === 'number') return { layout, schema };
  }
  throw new Error(`${file} is damaged`);
}
