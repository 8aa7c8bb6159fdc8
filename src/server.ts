import 'reflect-metadata';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Logger as Pino } from 'pino';
import { AppModule } from './app.module';
import { setup } from './app.setup';
import { withTimeout } from './platform/async/timeout';
import { messageOf } from './platform/errors/app.error';
import { HttpServerAdapter } from './platform/http/server/http-server.adapter';
import { createLog, formatOf, NestLog } from './platform/logging/logger';
import { ConfigurationError, loadDotEnv, type Configuration } from './platform/config';
import { HttpConfig } from './platform/http/http.config';
import { ServiceConfig } from './platform/service.config';
import { TenancyConfig } from './access/tenancy/tenancy.config';
import { settings } from './settings';
import { Database } from './platform/database';
import { DOCS_PATH } from './documents';
import { CONSOLE_PATH, ConsoleDirectory } from './web';
import { exitAfterFlush, Shutdown } from './shutdown';

/** Time for a failed start to close what it opened. */
const CLOSE_TIMEOUT_MS = 3000;
/**
 * Connections that the system queues while this process is busy. The default of Node.js is 511: if 2,000 clients
 * connect at once, the others retry for seconds, and some are cut off. Linux limits it to net.core.somaxconn, by
 * default 4096.
 */
const BACKLOG = 4096;
/** Maximum number of errors reported from a chain of causes. */
const MAX_CAUSES = 5;

/**
 * Starts the service, which then runs until it is told to stop. If the start fails at any stage, the
 * process writes one line `cannot start: …` to standard error and exits with code 1.
 */
export async function run(): Promise<void> {
  let log: Pino | undefined;
  let hasFailed = false;
  const fail = (error: unknown): void => {
    if (!hasFailed) endFailedStart(error, log);
    hasFailed = true;
  };
  // Errors of timers and event handlers do not reject the promises below.
  process.on('uncaughtException', fail);
  try {
    const warnings = [...loadDotEnv(), ...settings.warnings()];
    const config = settings.current;
    const { logLevel, name, logFormat } = config.get(ServiceConfig);
    log = createLog({
      level: logLevel,
      service: name,
      format: await formatOf(logFormat),
    });
    Logger.overrideLogger(new NestLog(log));
    for (const warning of warnings) new Logger('Config').warn(warning);
    await serve(config, log);
  } catch (error) {
    fail(error);
    return;
  }
  process.off('uncaughtException', fail);
}

async function serve(config: Configuration, log: Pino): Promise<void> {
  const shutdown = new Shutdown(config.get(ServiceConfig).shutdownGraceMs, log);
  const http = config.get(HttpConfig);
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule,
    new HttpServerAdapter(http),
    // Keeps Nest's own report of a failed start in the buffer.
    { abortOnError: false, bodyParser: false, bufferLogs: true, autoFlushLogs: false },
  );
  app.flushLogs();
  try {
    setup(app, log);
    await app.init();
    shutdown.of(app);
    await listen(app, http);
  } catch (error) {
    await close(app);
    throw error;
  }
  announce(app, http, config.get(TenancyConfig));
}

async function listen(app: NestExpressApplication, http: HttpConfig): Promise<void> {
  const server: Server = app.getHttpServer();
  try {
    server.listen({ port: http.port, host: http.host, backlog: BACKLOG });
    await once(server, 'listening');
  } catch (error) {
    throw new ConfigurationError([listenProblem(error, http)]);
  }
}

function listenProblem(error: unknown, { host, port }: HttpConfig): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return 'PORT is in use by another process; stop it or set another PORT';
  if (code === 'EACCES') return 'PORT requires privileges; set a port above 1023';
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return 'HOST is not an address of this machine; set 0.0.0.0 for all addresses';
  return `HOST ${host} and PORT ${port} cannot be bound: ${messageOf(error)}`;
}

function announce(app: NestExpressApplication, { host }: HttpConfig, { header }: TenancyConfig): void {
  const url = urlOf(app.getHttpServer(), host);
  const { location } = app.get(Database);
  const pages = {
    ...(app.get(ConsoleDirectory).isBuilt && { console: `${url}/${CONSOLE_PATH}` }),
    docs: `${url}/${DOCS_PATH}`,
  };
  const places = Object.entries(pages).map(([name, address]) => `${name} at ${address}`);
  new Logger('Main').log(
    { api: `${url}/api/v1/compute`, ...pages, data: location, tenantHeader: header },
    `serving ${url}/api/v1/compute, ${places.join(', ')}, data in ${location}`,
  );
}

function urlOf(server: Server, host: string): string {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : '';
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const name = isEverywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

/** Never rejects, so that the error of the failed start is reported. */
async function close(app: NestExpressApplication): Promise<void> {
  try {
    await withTimeout({ timeoutMs: CLOSE_TIMEOUT_MS }, () => app.close());
  } catch (error) {
    new Logger('Main').debug({ err: error }, 'failed to clean up after the failed start');
  }
}

function endFailedStart(error: unknown, log: Pino | undefined): void {
  // A configuration error is complete without a stack; any other error is logged with it.
  if (!(error instanceof ConfigurationError)) log?.fatal({ err: error }, 'failed to start');
  process.stderr.write(`cannot start: ${reasonOf(error)}\n`);
  if (log) exitAfterFlush(log, 1);
  else process.exit(1);
}

/** The error and its causes, on one line. */
function reasonOf(error: unknown): string {
  const reasons: string[] = [];
  for (let each: unknown = error; each !== undefined; each = each instanceof Error ? each.cause : undefined) {
    reasons.push(messageOf(each));
    if (reasons.length === MAX_CAUSES) break;
  }
  return reasons.join(': ').replace(/\s+/g, ' ').trim();
}
