import type { Response } from 'express';
import { UnreadResponses } from '../server/unread-responses';

/** Shared by all requests of this process. */
const unread = new UnreadResponses();

export interface JsonResponseOptions {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Sends a serialized JSON document with its Content-Length, bypassing Express' own serialization, which costs more than
 * everything else in a read.
 */
export function sendJson(
  response: Response,
  document: string | Buffer,
  { status = 200, headers }: JsonResponseOptions = {},
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
 * Call this before reading a large document: a tenant that does not read its responses then causes no more reads.
 * @throws {TooManyUnreadResponsesError}
 */
export function assertRoomFor(tenantId: string, bytes: number): void {
  unread.assertRoom(tenantId, bytes);
}

/**
 * Sends a document that can be large to a tenant.
 * @throws {TooManyUnreadResponsesError}
 */
export function sendDocument(
  response: Response,
  tenantId: string,
  document: string | Buffer,
  answer?: JsonResponseOptions,
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
