import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { InvalidHeaderError, MalformedUrlError } from '../http.errors';
import { pathOf } from '../requests/path';
import { setContext, type RequestContext } from './request-context';

const REQUEST_ID = /^[A-Za-z0-9._:-]{1,128}$/;
const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;
/** A URL query string, sent as a header if a gateway drops the query. */
const QUERY = /^[A-Za-z0-9\-._~!$&'()*+,;=:@/?%]{0,4096}$/;

export interface RequestRecord {
  readonly method: string;
  readonly path: string;
  /** The matched pattern, e.g. `/api/v1/compute/instances/:id`; undefined if none matched. */
  readonly route: string | undefined;
  /** The status sent, or 499 if the client disconnected before the response was complete. */
  readonly status: number;
  readonly durationMs: number;
  readonly context: RequestContext;
}

/**
 * The only middleware around every request: assigns an id and a context, and reports the request when it ends. A Nest
 * interceptor for this would cost a third of the throughput.
 */
export function requestMiddleware(report: (record: RequestRecord) => void): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const started = performance.now();
    const context = newContext(request);
    response.setHeader('X-Request-ID', context.requestId);
    response.once('close', () => {
      report({
        method: request.method,
        path: pathOf(request.originalUrl),
        route: routeOf(request),
        status: response.writableEnded ? response.statusCode : 499,
        durationMs: performance.now() - started,
        context,
      });
    });
    setContext(request, context);
    next(readQuery(request));
  };
}

/** The ids that the request brings, or new ones. */
export function newContext({ headers }: IncomingMessage): RequestContext {
  return {
    requestId: sane(headers['x-request-id'], REQUEST_ID) ?? randomUUID(),
    traceparent: sane(headers['traceparent'], TRACEPARENT),
  };
}

function sane(value: string | string[] | undefined, pattern: RegExp): string | undefined {
  return typeof value === 'string' && pattern.test(value) ? value : undefined;
}

/** Moves `X-Query` into a URL without a query. Returns an error if either is malformed. */
function readQuery(request: Request): Error | undefined {
  const header = request.headers['x-query'];
  const start = request.url.indexOf('?');
  if (header !== undefined) {
    const query = sane(header, QUERY);
    if (query === undefined || !isDecodable(query))
      return new InvalidHeaderError('X-Query must be one URL-encoded query string of up to 4096 characters');
    if (start === -1 && query !== '') request.url = `${request.url}?${query}`;
  }
  return start === -1 || isDecodable(request.url.slice(start)) ? undefined : new MalformedUrlError();
}

/** Whether every percent-encoded byte sequence is UTF-8; the query parser would replace others with U+FFFD. */
function isDecodable(query: string): boolean {
  if (query.includes('#')) return false;
  if (!query.includes('%')) return true;
  try {
    decodeURIComponent(query);
    return true;
  } catch {
    return false;
  }
}

function routeOf(request: Request): string | undefined {
  // Express types the matched route as any; only its pattern is needed.
  const route: unknown = request.route;
  if (typeof route !== 'object' || route === null || !('path' in route)) return undefined;
  return typeof route.path === 'string' ? route.path : undefined;
}
