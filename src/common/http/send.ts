import type { Response } from 'express';

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

export function sendEmpty(
  response: Response,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, headers);
  response.end();
}
