import { readFileSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { parseJson } from './json';
import { routesOf, type OpenAPIObject } from './openapi';

/** As committed, which `npm run check` compares with the sources: building the document takes each suite half a second. */
const COMMITTED = join(__dirname, '..', '..', 'openapi.json');

/** Not part of the API: the document itself, pages, and the routes of SeenModule, which only tests have. */
const UNDOCUMENTED = ['/api/docs', '/api/openapi', '/api/v1/compute/seen/', '/console'];

/** Records the statuses of each route, to compare them with the OpenAPI document. */
export class AnswerRecorder {
  private readonly seen = new Map<string, ReadonlySet<number>>();

  constructor(server: Server) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      response.once('finish', () => this.record(request, response.statusCode));
    });
  }

  /** Answers missing from the document, e.g. `GET /health 418`. After a change of the API, run `npm run generate`. */
  undocumented(): readonly string[] {
    const document = parseJson<OpenAPIObject>(readFileSync(COMMITTED, 'utf8'));
    const documented = new Map(
      routesOf(document).map(({ method, path, operation }) => [
        `${method} ${path}`,
        new Set(Object.keys(operation.responses)),
      ]),
    );
    return [...this.seen].flatMap(([route, statuses]) =>
      [...statuses]
        .filter((status) => documented.get(route)?.has(String(status)) !== true)
        .map((status) => `${route} ${status}`),
    );
  }

  private record(request: IncomingMessage, status: number): void {
    // Express stores the matching route on the request.
    const route = 'route' in request ? request.route : undefined;
    if (typeof route !== 'object' || route === null || !('path' in route)) return;
    const path = String(route.path).replaceAll(/:(\w+)/g, '{$1}');
    if (UNDOCUMENTED.some((prefix) => path.startsWith(prefix))) return;
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const key = `${String(method)} ${path}`;
    this.seen.set(key, new Set([...(this.seen.get(key) ?? []), status]));
  }
}
