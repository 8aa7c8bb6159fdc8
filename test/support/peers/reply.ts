import type { ServerResponse } from 'node:http';
import type { RequestFault } from './faults';

export interface Reply {
  readonly status: number;
  readonly type?: string;
  readonly text?: string;
}

/** Not the JSON of a service that looked and found nothing: nothing there knows such a route. */
export const NO_ROUTE: Reply = { status: 404, type: 'text/html' };
export const DONE: Reply = { status: 204 };

export function json(status: number, body: unknown): Reply {
  return { status, type: 'application/json', text: JSON.stringify(body) };
}

export function refusal(status: number, error: string): Reply {
  return json(status, { error });
}

/** What is answered in place of the work. */
export const REPLY_OF: Readonly<Record<Exclude<RequestFault, 'hang' | 'lostAnswer' | 'late'>, Reply>> = {
  error500: refusal(500, 'Internal error, as was asked for'),
  notFound: NO_ROUTE,
  garbage: { status: 200, type: 'text/html', text: '<html><body>It works!</body></html>' },
};

export function send(response: ServerResponse, { status, type, text = '' }: Reply): void {
  if (type !== undefined) response.setHeader('Content-Type', type);
  response.writeHead(status).end(text);
}
