import type { ServerResponse } from 'node:http';
import type { RequestFault } from './faults';

export interface Reply {
  readonly status: number;
  readonly type?: string;
  readonly text?: string;
}

/** For unknown routes: an empty 404, unlike the JSON for a missing resource. */
export const NO_ROUTE: Reply = { status: 404, type: 'text/html' };
export const DONE: Reply = { status: 204 };

export function json(status: number, body: unknown): Reply {
  return { status, type: 'application/json', text: JSON.stringify(body) };
}

export function refusal(status: number, error: string): Reply {
  return json(status, { error });
}

/** Replies sent instead of doing the work. */
export const REPLY_OF: Readonly<Record<Exclude<RequestFault, 'hang' | 'lostAnswer' | 'late'>, Reply>> = {
  error500: refusal(500, 'Internal error, as was asked for'),
  notFound: NO_ROUTE,
  garbage: { status: 200, type: 'text/html', text: '<html><body>It works!</body></html>' },
};

export function send(response: ServerResponse, { status, type, text = '' }: Reply): void {
  if (type !== undefined) response.setHeader('Content-Type', type);
  response.writeHead(status).end(text);
}
