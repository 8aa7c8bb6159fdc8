import type { Response } from 'express';
import { sendEmpty, sendJson } from './send';

/** An HTTP response as data, so that it can be stored and replayed. */
export interface HttpResult {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text, or null for an empty body. */
  readonly body: string | null;
}

export function sendResult(response: Response, { status, headers, body }: HttpResult): void {
  if (body === null) sendEmpty(response, status, headers);
  else sendJson(response, body, { status, headers });
}
