import 'reflect-metadata';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Test, type TestingModule } from '@nestjs/testing';
import { AppModule } from '../../src/app.module';
import { Configuration } from '../../src/platform/config';
import { DatabaseConfig } from '../../src/platform/database/database.config';
import { settings } from '../../src/settings';
import { Database, openDatabase, statementName } from '../../src/platform/database';
import { createTestDatabase, DATABASE_KIND, type TestDatabase } from '../support/database';
import { RecordingDatabase } from '../support/recording-database';
import { CALLS } from './sql.calls';

const SOURCES = join(__dirname, '..', '..', 'src');
const CLASS = /export class (\w+)/g;
/** The name in an object literal with `name` and `text`, which may be an expression. */
const NAME = /\bname: ([^\n]*?),\s*(?:\/\/[^\n]*\s*)*text\b/g;
const QUOTED = /'(\w*)'/g;
const WRITE = /\b(?:INSERT INTO|UPDATE|DELETE FROM) ([a-z_]+)/g;

/**
 * The folders whose statements write a table. A change is one statement together with everything that it implies, so
 * `compute/instances` also writes tables of other folders, partly with SQL from there such as `recordKey`.
 */
const WRITERS: Readonly<Record<string, readonly string[]>> = {
  allocations: ['compute/instances', 'compute/quotas'],
  attachments: ['compute/instances'],
  console_sessions: ['compute/instances'],
  flavors: ['compute/flavors'],
  host_ports: ['compute/instances'],
  host_inventory: ['compute/instances', 'compute/quotas'],
  hosts: ['compute/hosts'],
  idempotency_keys: ['access/idempotency', 'compute/flavors', 'compute/instances', 'compute/webhooks'],
  instances: ['compute/instances', 'compute/reconciler'],
  leases: ['compute/instances', 'integrations/outbox'],
  orphans: ['compute/reconciler'],
  outbox: ['compute/instances', 'compute/reconciler', 'integrations/outbox'],
  quota_usage: ['compute/instances', 'compute/quotas'],
  quotas: ['compute/instances', 'compute/quotas'],
  rate_limits: ['access/rate-limits'],
  resource_events: ['compute/events', 'compute/instances', 'compute/reconciler'],
  resource_operations: ['compute/instances', 'compute/operations', 'compute/reconciler'],
  snapshot_schedules: ['compute/instances'],
  snapshots: ['compute/instances'],
  tenant_images: ['compute/images', 'compute/instances'],
  warm_pools: ['compute/instances'],
  webhook_deliveries: ['compute/webhooks'],
  webhooks: ['compute/webhooks'],
};

interface Source {
  /** At most two levels below `src`. */
  readonly folder: string;
  readonly isRepository: boolean;
  readonly classes: readonly string[];
  readonly statements: readonly string[];
}

function readSources(): readonly Source[] {
  return (
    readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'))
      // Contains statements for migrations and connections only.
      .filter((path) => !path.startsWith('platform/database/'))
      .map((path) => {
        const text = readFileSync(join(SOURCES, path), 'utf8');
        const classes = all(CLASS, text);
        return {
          folder: dirname(path).split('/').slice(0, 2).join('/'),
          isRepository: path.endsWith('.repository.ts'),
          classes,
          statements: all(NAME, text).flatMap((name) => labelsOf(name, classes[0])),
        };
      })
  );
}

/** Identifies a statement: by its class if it has no name. */
function labelOf(name: string, sender = ''): string {
  return name === '' ? `unnamed, of ${sender}` : name;
}

/** The same for the expression of a name. Names of lists contain the members of the filter, of which one is required. */
function labelsOf(expression: string, sender?: string): readonly string[] {
  const isOfList = expression.includes('(');
  return all(QUOTED, expression).map((name) =>
    isOfList ? statementName(name, { limit: 1 }) : labelOf(name, sender),
  );
}

function all(pattern: RegExp, text: string): readonly string[] {
  return Array.from(text.matchAll(pattern), ([, found = '']) => found);
}

describe(`SQL in the ${DATABASE_KIND} database`, () => {
  const sources = readSources();
  let testDatabase: TestDatabase;
  let database: RecordingDatabase;
  let app: TestingModule;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    const config = settings.read({ ...testDatabase.environment });
    database = new RecordingDatabase(await openDatabase(config.get(DatabaseConfig)));
    // Not initialized: no worker or other task sends statements.
    app = await Test.createTestingModule({ imports: [AppModule] })
      .overrideProvider(Configuration)
      .useValue(config)
      .overrideProvider(Database)
      .useValue(database)
      .compile();
    for (const { sender, start } of CALLS) {
      database.sender = sender;
      await Promise.allSettled(start(app));
    }
    // A call that gives up after its time limit leaves its statement behind.
    await database.settled();
  });
  afterAll(async () => {
    await app.close();
    await testDatabase.remove();
  });

  it('every statement of the service is valid against the migrated schema', () => {
    const invalid = database.sent.filter(({ error }) => error !== undefined);
    expect(invalid.map(({ sender, name, error }) => `${sender} ${name}: ${error}`)).toEqual([]);
  });

  it('every statement in the sources is sent by this test', () => {
    const senders = CALLS.map(({ sender }) => sender);
    const repositories = sources.flatMap(({ isRepository, classes }) => (isRepository ? classes : []));
    const sent = database.sent.map(({ name, sender }) => labelOf(name, sender));
    const statements = sources.flatMap((source) => source.statements);
    expect({
      repositories: repositories.filter((name) => !senders.includes(name)),
      statements: statements.filter((label) => !sent.includes(label)),
    }).toEqual({ repositories: [], statements: [] });
  });

  it('only the listed folders write a table', () => {
    const writers: Record<string, string[]> = {};
    for (const { sender, text } of database.sent) {
      const { folder } = sources.find(({ classes }) => classes.includes(sender)) ?? { folder: sender };
      for (const table of all(WRITE, text)) {
        writers[table] = [...new Set(writers[table]).add(folder)].sort();
      }
    }
    expect(writers).toEqual(WRITERS);
  });
});
