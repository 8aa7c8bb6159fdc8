import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Server } from 'node:http';
import { pino } from 'pino';
import { AppModule } from '../../src/app.module';
import { setup } from '../../src/app.setup';
import { HttpServerAdapter } from '../../src/platform/http/server/http-server.adapter';
import { Configuration } from '../../src/platform/config';
import { HttpConfig } from '../../src/platform/http/http.config';
import { settings } from '../../src/settings';
import { ConsoleDirectory } from '../../src/web';
import { DriverRegistry, type ComputeDriver } from '../../src/drivers';
import { Clock } from '../../src/platform/async/clock';
import { createTestDatabase, type DatabaseKind, type TestDatabase } from './database';

export interface TestApp {
  readonly app: NestExpressApplication;
  readonly server: Server;
  readonly url: string;
  close(): Promise<void>;
}

export type Engines = Readonly<Record<'vm' | 'container', ComputeDriver>>;

export interface TestAppOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly database?: DatabaseKind;
  /** Used instead of a new database, and not removed. */
  readonly existingDatabase?: TestDatabase;
  /** In addition to the application's own. */
  readonly modules?: readonly Type[];
  /** Created at startup; replace the built-in drivers for the types they serve. */
  readonly engines?: () => Engines;
  /** Replaces the clock of the drivers; with a `ManualClock`, simulated work lasts until the test ends it. */
  readonly clock?: Clock;
  /** Directory of a built web console; by default, the console is not built. */
  readonly consoleDirectory?: string;
}

const QUICK = {
  PROVISION_DELAY_MS: '0',
  RESTART_DELAY_MS: '0',
  SHUTDOWN_GRACE_SECONDS: '2',
  HOST: '127.0.0.1',
};

/** Starts the real application in this process, with its own database and on a free port. */
export async function startApp({
  environment = {},
  database,
  existingDatabase,
  modules = [],
  engines,
  clock,
  consoleDirectory,
}: TestAppOptions = {}): Promise<TestApp> {
  const testDatabase = existingDatabase ?? (await createTestDatabase(database));
  const config = settings.read({ ...QUICK, ...testDatabase.environment, ...environment });
  const builder = Test.createTestingModule({ imports: [AppModule, ...modules] })
    .overrideProvider(Configuration)
    .useValue(config);
  if (clock) builder.overrideProvider(Clock).useValue(clock);
  if (consoleDirectory !== undefined)
    builder.overrideProvider(ConsoleDirectory).useValue(new ConsoleDirectory(consoleDirectory));
  if (engines) builder.overrideProvider(DriverRegistry).useValue(registryOf(engines()));
  const module = await builder.compile();
  const app = module.createNestApplication<NestExpressApplication>(
    new HttpServerAdapter(config.get(HttpConfig)),
    {
      bodyParser: false,
      logger: process.env['TEST_LOG'] === undefined ? false : ['error', 'warn', 'log'],
    },
  );
  setup(app, pino({ level: 'silent' }));
  await app.listen(0, '127.0.0.1');
  return {
    app,
    server: app.getHttpServer(),
    url: await app.getUrl(),
    close: async () => {
      await app.close();
      if (!existingDatabase) await testDatabase.remove();
    },
  };
}

/** Uses one driver for both types. */
export function servedBy(driver: ComputeDriver): Engines {
  return { vm: driver, container: driver };
}

function registryOf({ vm, container }: Engines): DriverRegistry {
  return new DriverRegistry([vm, container], { vm: vm.kind, container: container.kind });
}
