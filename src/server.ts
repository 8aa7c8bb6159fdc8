import { once } from 'node:events';
import type { Server } from 'node:http';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module';
import { DOCS_PATH, setup } from './app.setup';
import { HttpServerAdapter } from './common/http/http-server.adapter';
import { createLog, NestLog } from './common/logging/logger';
import { ConfigurationError, loadDotEnv, readConfig, type AppConfig } from './config';
import { Database } from './database';
import { Shutdown } from './shutdown';

/** Starts the service and keeps it until it is told to stop; where it cannot start, says in one line what to change. */
export async function run(): Promise<void> {
  try {
    await serve();
  } catch (error) {
    const problem = explain(error);
    if (problem === undefined) throw error;
    process.stderr.write(`cannot start: ${problem}\n`);
    process.exit(1);
  }
}

async function serve(): Promise<void> {
  loadDotEnv();
  const config = readConfig();
  const log = createLog({ level: config.logLevel, service: config.serviceName });
  Logger.overrideLogger(new NestLog(log));
  const shutdown = new Shutdown(config.shutdownGraceMs, log);
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule,
    new HttpServerAdapter(config.http),
    {
      abortOnError: false,
      bodyParser: false,
      // What Nest says of a start that failed stays in the buffer: one line says what to change.
      bufferLogs: true,
      autoFlushLogs: false,
    },
  );
  app.flushLogs();
  setup(app, log);
  await app.init();
  shutdown.of(app);
  await listen(app, config);
}

async function listen(app: NestExpressApplication, { http, tenancy }: AppConfig): Promise<void> {
  const server: Server = app.getHttpServer();
  try {
    server.listen(http.port, http.host);
    await once(server, 'listening');
  } catch (error) {
    await app.close();
    throw error;
  }
  const url = urlOf(server, http.host);
  const { location } = app.get(Database);
  new Logger('Main').log(
    {
      api: `${url}/api/v1/compute`,
      docs: `${url}/${DOCS_PATH}`,
      data: location,
      tenantHeader: tenancy.header,
    },
    `serving ${url}/api/v1/compute, docs at ${url}/${DOCS_PATH}, data in ${location}`,
  );
}

function urlOf(server: Server, host: string): string {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : '';
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const name = isEverywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

function explain(error: unknown): string | undefined {
  if (error instanceof ConfigurationError) return error.message;
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  if (error.code === 'EADDRINUSE') return 'PORT is in use by another process; stop it or set another PORT';
  if (error.code === 'EACCES') return 'PORT may not be opened by this user; set one above 1023';
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return 'HOST is no address of this machine; set 0.0.0.0 for all of them';
  return undefined;
}
