import type { Response } from 'express';
import { UnreadAnswers } from './unread-answers';

/** Of this process. */
const unread = new UnreadAnswers();

export interface JsonAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Sends a JSON document that is ready as text or bytes, with its Content-Length and without Express' own
 * serialisation, which costs more than everything else of a read.
 */
export function sendJson(
  response: Response,
  document: string | Buffer,
  { status = 200, headers }: JsonAnswer = {},
): void {
  const length = Buffer.byteLength(document);
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': length,
    ...headers,
  });
  response.end(document);
}

/**
 * To be called before a large document is read: a tenant that leaves its answers unread costs no more reads.
 * @throws {TooManyUnreadAnswersError}
 */
export function assertRoomFor(tenantId: string, bytes: number): void {
  unread.assertRoom(tenantId, bytes);
}

/**
 * Sends the document of a read to a tenant, which can be large.
 * @throws {TooManyUnreadAnswersError}
 */
export function sendDocument(
  response: Response,
  tenantId: string,
  document: string | Buffer,
  answer?: JsonAnswer,
): void {
  unread.begin(tenantId, Buffer.byteLength(document), response);
  sendJson(response, document, answer);
}

export function sendEmpty(
  response: Response,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, headers);
  response.end();
}
