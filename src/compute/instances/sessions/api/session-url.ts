import type { Request } from 'express';
import { pathOf } from '../../../../platform/http/requests/path';
import type { NewSession } from '../session';

const PATH = /^\/api\/v1\/compute\/instances\/([^/]+)\/console-sessions\/([^/]+)\/connect$/i;
/** 256 bits in base64url. */
const TICKET = /^[A-Za-z0-9_-]{43}$/;

export const CONNECT_ROUTE = '/api/v1/compute/instances/:id/console-sessions/:sessionId/connect';

export interface SessionAddress {
  readonly instanceId: string;
  readonly sessionId: string;
  /** Undefined if the URL has no well-formed one. */
  readonly ticket: string | undefined;
}

/** Reads the URL of a session; undefined if it is another URL. */
export function readSessionUrl(url: string): SessionAddress | undefined {
  const path = pathOf(url);
  const [, instanceId, sessionId] = PATH.exec(path) ?? [];
  if (instanceId === undefined || sessionId === undefined) return undefined;
  const ticket = new URLSearchParams(url.slice(path.length)).get('ticket') ?? '';
  return { instanceId, sessionId, ticket: TICKET.test(ticket) ? ticket : undefined };
}

/**
 * The URL to connect to. Without a configured base, it has the host of the request, which only its sender gets back; so
 * the header of a proxy that terminates TLS needs no trust.
 */
export function sessionUrl(
  { headers, protocol }: Request,
  { publicUrl, instanceId, session }: { publicUrl: string; instanceId: string; session: NewSession },
): string {
  const { host } = headers;
  const forwarded = String(headers['x-forwarded-proto'] ?? protocol);
  const isSecure = /^https\s*(,|$)/i.test(forwarded);
  const own = host === undefined ? '' : `${isSecure ? 'wss' : 'ws'}://${host}`;
  const base = publicUrl === '' ? own : publicUrl.replace(/^http/, 'ws');
  const { id: sessionId, ticket } = session;
  return `${base}${connectPath({ instanceId, sessionId, ticket })}`;
}

export function connectPath({
  instanceId,
  sessionId,
  ticket,
}: Readonly<Record<'instanceId' | 'sessionId' | 'ticket', string>>): string {
  return `/api/v1/compute/instances/${instanceId}/console-sessions/${sessionId}/connect?ticket=${ticket}`;
}
