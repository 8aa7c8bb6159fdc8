import { parse as parseQuery } from 'node:querystring';
import { Reflector } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { ERRORS_PATH } from './platform/http/problems/problem';
import { ProblemFilter } from './platform/http/problems/problem.filter';
import { jsonBody } from './platform/http/server/json-body.middleware';
import { PreconditionGuard } from './platform/http/requests/precondition.guard';
import { UnknownQueryGuard } from './platform/http/server/unknown-query.guard';
import { RequestTurns } from './platform/http/server/request-turns';
import { requestMiddleware, type RequestRecord } from './platform/http/server/request.middleware';
import { serveUpgrades } from './platform/http/server/upgrades';
import { roundedMs } from './platform/logging/duration';
import { StrictValidationPipe } from './platform/http/validation/strict-validation.pipe';
import { HttpConfig } from './platform/http/http.config';
import { TenancyConfig } from './access/tenancy/tenancy.config';
import { SessionUpgrades } from './compute/instances';
import { DOCS_PATH, redirectBrowsers, serveDocuments } from './documents';
import { CONSOLE_PATH, ConsoleDirectory, serveConsole } from './web';
import { Metrics } from './platform/metrics';
import { Authentication } from './access/tenancy';

/** Pages for browsers. Case-insensitive, like the routes. */
const PAGES = new RegExp(`^/(${DOCS_PATH}|${ERRORS_PATH})(/|$)`, 'i');
/** Response headers that pages of other origins may read. */
const EXPOSED_HEADERS = [
  'Allow',
  'ETag',
  'Idempotency-Replayed',
  'Link',
  'Location',
  'Operation-Location',
  'Preference-Applied',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'Retry-After',
  'WWW-Authenticate',
  'X-Request-ID',
];
const PREFLIGHT_SECONDS = 600;
/** In characters. */
const MAX_LOGGED_PATH = 1000;

/** Everything between the socket and the controllers, for the service and for its tests. */
export function setup(app: NestExpressApplication, log: Logger): void {
  const http = app.get(HttpConfig);
  const metrics = app.get(Metrics);
  app.set('etag', false);
  // Does not limit the number of parameters, because the parser drops the excess. The size of the URL is limited.
  app.set('query parser', (query: string) => parseQuery(query, '&', '=', { maxKeys: 0 }));
  app.disable('x-powered-by');
  enableCors(app, http.corsOrigins);
  const report = (record: RequestRecord): void => {
    metrics.countRequest(record);
    logRequest(log, record);
  };
  app.use(requestMiddleware(report));
  serveUpgrades(app.getHttpServer(), app.get(SessionUpgrades), report);
  app.use(securityHeaders());
  app.use(redirectBrowsers(app.get(ConsoleDirectory).isBuilt ? CONSOLE_PATH : DOCS_PATH));
  serveConsole(app);
  const authentication = app.get(Authentication);
  const turns = new RequestTurns();
  app.getHttpServer().on('connection', () => turns.onConnection());
  app.use(jsonBody(http, { turns, groupOf: (request) => authentication.groupOf(request) }));
  app.useGlobalFilters(new ProblemFilter());
  // Runs after the guards of the modules, so the caller is known.
  app.useGlobalGuards(new PreconditionGuard(app.get(Reflector)), new UnknownQueryGuard());
  app.useGlobalPipes(new StrictValidationPipe());
  serveDocuments(app, app.get(TenancyConfig));
}

/** Must be the first middleware, so that a page can read every error response. Does nothing without origins. */
function enableCors(app: NestExpressApplication, origins: readonly string[]): void {
  if (origins.length === 0) return;
  app.enableCors({
    origin: origins.includes('*') ? '*' : [...origins],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: EXPOSED_HEADERS,
    maxAge: PREFLIGHT_SECONDS,
  });
}

/** Truncates paths longer than any path of the API, so that a client cannot flood the log. */
function logRequest(log: Logger, { context, ...request }: RequestRecord): void {
  const { requestId, tenantId, problem } = context;
  const path = request.path.slice(0, MAX_LOGGED_PATH);
  const durationMs = roundedMs(request.durationMs);
  log.info(
    { requestId, tenantId, ...request, path, durationMs, ...(problem !== undefined && { problem }) },
    'request',
  );
}

/**
 * Helmet, separate for pages and JSON: most of its headers tell a browser how to show a page, and each adds to the cost
 * of every response. HSTS is left to the gateway, which terminates TLS.
 */
function securityHeaders(): RequestHandler {
  // Swagger UI has inline styles and scripts, and is served over plain HTTP behind a gateway.
  const page = helmet({
    strictTransportSecurity: false,
    contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
  });
  const json = helmet({
    strictTransportSecurity: false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  });
  return (request, response, next) => {
    const headers = PAGES.test(request.path) ? page : json;
    headers(request, response, next);
  };
}
