import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, RequestHandler } from 'express';
import { TenancyConfig } from '../access/tenancy/tenancy.config';
import { pathOf } from '../platform/http/requests/path';
import { ConsoleDirectory } from './console-directory';
import { consoleFiles } from './console-files';
import { consolePage } from './console-page';
import { consoleSettings, type ConsoleSettings } from './console-settings';
import { WebConfig } from './web.config';
import { ConsoleFileNotFoundError, ConsoleNotBuiltError } from './web.errors';

export const CONSOLE_PATH = 'console';
const PREFIX = `/${CONSOLE_PATH}`;
const PAGE_FILE = 'index.html';
/** In characters, in an error message. */
const MAX_SHOWN_PATH = 200;

/**
 * Serves the web console to everyone: it consists of files without secrets, and its calls of the API are authenticated.
 * Must come before the middleware for bodies, because these requests need none of its limits. Other methods than GET
 * reach the end of all routes, where they get 405.
 */
export function serveConsole(app: NestExpressApplication): void {
  const express = app.getHttpAdapter().getInstance();
  const [tenancy, config] = [app.get(TenancyConfig), app.get(WebConfig)];
  const settingsOf = (request: Request): ConsoleSettings => consoleSettings(tenancy, config, request);
  // For the development server of the console, whose page has no settings; so also without a build.
  express.get(`${PREFIX}/settings.json`, sendSettings(settingsOf));
  const directory = app.get(ConsoleDirectory);
  if (!directory.isBuilt) {
    express.get(
      `${PREFIX}{/*path}`,
      refuse(() => new ConsoleNotBuiltError()),
    );
    return;
  }
  const files = consoleFiles(directory.path, PREFIX);
  const page = consolePage(directory.page, settingsOf);
  // Never the page, which a browser would try to run as a script.
  express.get(`${PREFIX}/assets{/*path}`, files, refuse(notFound));
  express.get(`${PREFIX}{/*path}`, skipTemplate, files);
  express.get(`${PREFIX}{/*path}`, page);
}

/** Leaves the file of the page to the handler that fills in the template. */
const skipTemplate: RequestHandler = ({ params }, _response, next) => {
  const [first = ''] = [params['path'] ?? []].flat();
  next(first.startsWith(PAGE_FILE) ? 'route' : undefined);
};

function sendSettings(settingsOf: (request: Request) => ConsoleSettings): RequestHandler {
  return (request, response) => {
    const body = Buffer.from(JSON.stringify(settingsOf(request)));
    response.writeHead(200, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': body.length,
      // It depends on the tenant header, too.
      'Cache-Control': 'no-store',
    });
    response.end(body);
  };
}

function refuse(errorOf: (request: Request) => Error): RequestHandler {
  return (request, _response, next) => next(errorOf(request));
}

function notFound({ originalUrl }: Request): Error {
  return new ConsoleFileNotFoundError(pathOf(originalUrl).slice(0, MAX_SHOWN_PATH));
}
