import type { Response } from 'express';

/** Aborts when the connection of a response closes: nobody reads what comes after that. */
export function clientGone(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return gone.signal;
}
