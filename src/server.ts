import { once } from 'node:events';
import type { Server } from 'node:http';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Logger as Pino } from 'pino';
import { AppModule } from './app.module';
import { DOCS_PATH, setup } from './app.setup';
import { HttpServerAdapter } from './common/http/http-server.adapter';
import { createLog, NestLog } from './common/logging/logger';
import { ConfigurationError, loadDotEnv, readConfig, type AppConfig } from './config';
import { Database } from './database';
import { ReadinessService } from './health';

const IDLE_CHECK_MS = 50;

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
  stopOnSignal(app, config, log);
  await listen(app, config);
}

async function listen(app: NestExpressApplication, { http, tenancy }: AppConfig): Promise<void> {
  await app.init();
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

/**
 * SIGTERM and SIGINT: no new connection, no new work; what is at work ends or is given back, and the
 * process ends with 0 within the grace period. A second signal ends it at once.
 */
function stopOnSignal(app: NestExpressApplication, config: AppConfig, log: Pino): void {
  const logger = new Logger('Main');
  let isStopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (isStopping) process.exit(1);
    isStopping = true;
    logger.log(`${signal}: shutting down`);
    app.get(ReadinessService).stop();
    const server = app.getHttpServer();
    server.close();
    // A kept-alive connection whose request has ended would otherwise hold the process.
    setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS).unref();
    setTimeout(() => server.closeAllConnections(), config.shutdownGraceMs).unref();
    app.close().then(
      () => {
        logger.log('stopped');
        log.flush(() => process.exit(0));
      },
      (error: unknown) => {
        logger.error({ err: error }, 'did not stop cleanly');
        log.flush(() => process.exit(1));
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
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
