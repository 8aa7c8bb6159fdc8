import type { Response } from 'express';
import { AppError } from '../errors/app.error';

/** Most bytes of large documents, in this process, that clients have not taken yet. */
const MAX_UNREAD_BYTES = 256 * 1024 * 1024;
const LARGE_BYTES = 64 * 1024;
let unreadBytes = 0;

/** Clients read their answers too slowly for the memory of this replica. */
export class TooManyUnreadAnswersError extends AppError {
  constructor() {
    super('unavailable', 'too_many_unread_answers', 'Clients leave too many answers unread here; try again', {
      retryAfterSeconds: 1,
    });
  }
}

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
 * Sends the document of a read, which can be large: many clients that read slowly must not fill the memory.
 * @throws {TooManyUnreadAnswersError}
 */
export function sendDocument(response: Response, document: string | Buffer, answer?: JsonAnswer): void {
  const length = Buffer.byteLength(document);
  if (length >= LARGE_BYTES) {
    if (unreadBytes + length > MAX_UNREAD_BYTES) throw new TooManyUnreadAnswersError();
    unreadBytes += length;
    response.once('close', () => (unreadBytes -= length));
  }
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
