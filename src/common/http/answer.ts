import type { Response } from 'express';
import { sendEmpty, sendJson } from './send';

/** An answer as data, so that it can be kept and given again. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text; null where there is none. */
  readonly body: string | null;
}

export function sendAnswer(response: Response, { status, headers, body }: Answer): void {
  if (body === null) sendEmpty(response, status, headers);
  else sendJson(response, body, { status, headers });
}
