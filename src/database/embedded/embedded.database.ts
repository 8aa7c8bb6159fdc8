import type { PGlite } from '@electric-sql/pglite' with { 'resolution-mode': 'import' };
import { ConfigurationError } from '../../config';
import { messageOf } from '../../common/errors/app.error';
import { Database, type Session, type Statement } from '../database';
import { DataDirectory } from './data-directory';
import { emptyCluster } from './template';

/**
 * PGlite: PostgreSQL compiled to WebAssembly, in this process and for it alone. It has one
 * connection, so that statements run one after the other, and nobody else to notify.
 */
export class EmbeddedDatabase extends Database {
  readonly kind = 'embedded';

  private constructor(
    private readonly pglite: PGlite,
    private readonly directory: DataDirectory,
  ) {
    super();
  }

  get location(): string {
    return this.directory.path;
  }

  /** @throws {ConfigurationError} where the directory is in use, of a newer version, or cannot be written. */
  static async open(path: string, schemaVersion: number): Promise<EmbeddedDatabase> {
    const directory = await DataDirectory.claim(path, schemaVersion);
    try {
      // Loaded here only: a service on PostgreSQL must not pay for its memory.
      const { PGlite: Embedded } = await import('@electric-sql/pglite');
      const loadDataDir = directory.isNew() ? await emptyCluster() : undefined;
      const pglite = new Embedded(directory.databasePath, loadDataDir && { loadDataDir });
      await pglite.waitReady;
      return new EmbeddedDatabase(pglite, directory);
    } catch (error) {
      directory.release();
      throw new ConfigurationError([`DATA_DIR ${path} holds no database that opens: ${messageOf(error)}`]);
    }
  }

  async query<Row>({ text, values }: Statement): Promise<readonly Row[]> {
    const { rows } = await this.pglite.query<Row>(text, [...values]);
    return rows;
  }

  async rehearse<Row>({ text, values }: Statement): Promise<readonly Row[]> {
    return this.pglite.transaction(async (transaction) => {
      const { rows } = await transaction.query<Row>(text, [...values]);
      await transaction.rollback();
      return rows;
    });
  }

  async transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.pglite.transaction((transaction) =>
      work({
        query: async <Row>({ text, values }: Statement) =>
          (await transaction.query<Row>(text, [...values])).rows,
        script: async (sql) => {
          await transaction.exec(sql);
        },
      }),
    );
  }

  /** The directory belongs to the schema of this version from now on: an older service must not open it. */
  markSchema(version: number): void {
    this.directory.mark(version);
  }

  async notify(): Promise<void> {
    // One process only: there are no others.
  }

  async subscribe(): Promise<void> {
    // See notify.
  }

  async close(): Promise<void> {
    await this.pglite.close();
    this.directory.release();
  }
}
