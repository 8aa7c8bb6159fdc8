import { resolve } from 'node:path';
import { defineConfig, integer, path, setting } from '../config';
import { ServiceConfig } from '../service.config';

function parsePostgresUrl(input: string): string {
  if (input === '') return input;
  if (!URL.canParse(input) || !/^postgres(ql)?:$/.test(new URL(input).protocol)) {
    throw new TypeError('must look like postgresql://user:password@host:5432/database');
  }
  return input;
}

export class DatabaseConfig extends defineConfig({
  title: 'Database',
  variables: {
    DATABASE_URL: setting(parsePostgresUrl, {
      default: '',
      desc: 'PostgreSQL 15 or newer; empty means the embedded database in DATA_DIR',
    }),
    DATA_DIR: path({
      default: './data',
      desc: 'Directory of the embedded database; only one process can use it',
    }),
    DATABASE_POOL_SIZE: integer(1, 500, {
      default: 10,
      desc: 'Maximum number of connections to PostgreSQL; one more is used for notifications',
    }),
    DATABASE_CONNECT_TIMEOUT_MS: integer(100, 60_000, {
      default: 10_000,
      desc: 'Time limit for waiting for a free connection; then the response is 503',
    }),
    DATABASE_QUERY_TIMEOUT_MS: integer(100, 600_000, {
      default: 10_000,
      desc: 'Time limit for one statement',
    }),
  },
  uses: { SERVICE_NAME: ServiceConfig.variables.SERVICE_NAME },
  config: (env) => ({
    /** PostgreSQL connection string; undefined means the embedded database in `dataDir`. */
    url: env.DATABASE_URL || undefined,
    /** Absolute path. */
    dataDir: resolve(env.DATA_DIR),
    applicationName: env.SERVICE_NAME,
    poolSize: env.DATABASE_POOL_SIZE,
    connectTimeoutMs: env.DATABASE_CONNECT_TIMEOUT_MS,
    queryTimeoutMs: env.DATABASE_QUERY_TIMEOUT_MS,
  }),
}) {}
