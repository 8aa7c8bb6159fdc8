import { Global, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { ConfigurationError } from '../config';
import { DatabaseConfig } from './database.config';
import { messageOf } from '../errors/app.error';
import { Database } from './database';
import { DatabaseUnavailableError } from './database.errors';
import { EmbeddedDatabase } from './embedded/embedded.database';
import { NotificationBus } from './notification-bus';
import { identify, migrate, readMigrations, schemaVersionOf } from './migrations';
import { PageReads } from './page-reads';

/** Opens the configured database and brings its schema up to date. */
export async function openDatabase(config: DatabaseConfig): Promise<Database> {
  const migrations = readMigrations();
  if (config.url === undefined) {
    const schemaVersion = schemaVersionOf(migrations);
    const embedded = await EmbeddedDatabase.open(config.dataDir, schemaVersion, config.queryTimeoutMs);
    await closingOnFailure(embedded, async () => {
      await migrate(embedded, migrations);
      await identify(embedded);
    });
    embedded.markSchema(schemaVersion);
    return embedded;
  }
  const { PostgresDatabase } = await import('./postgres/postgres.database.js');
  const { checkRights } = await import('./postgres/postgres.checks.js');
  const postgres = new PostgresDatabase(config.url, config);
  await closingOnFailure(postgres, async () => {
    await postgres.check();
    await migrate(postgres, migrations);
    await checkRights(postgres, migrations);
  });
  return postgres;
}

async function closingOnFailure(database: Database, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await database.close();
    if (error instanceof ConfigurationError) throw error;
    const isAway = error instanceof DatabaseUnavailableError;
    const reason = messageOf(isAway ? error.cause : error);
    throw new ConfigurationError([
      isAway && database.kind === 'postgres'
        ? `the database in DATABASE_URL cannot be used (${database.location}: ${reason})`
        : `the database cannot be set up (${database.location}: ${reason})`,
    ]);
  }
}

/** Closes the database after everything that uses it has stopped. */
@Injectable()
class DatabaseCloser implements OnApplicationShutdown {
  constructor(private readonly database: Database) {}

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}

@Global()
@Module({
  providers: [
    { provide: Database, useFactory: openDatabase, inject: [DatabaseConfig] },
    NotificationBus,
    PageReads,
    DatabaseCloser,
  ],
  exports: [Database, NotificationBus, PageReads],
})
export class DatabaseModule {}
