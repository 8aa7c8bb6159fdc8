import type { Response } from 'express';

/** A signal that aborts when the response is closed, e.g. because the client disconnected. */
export function abortOnDisconnect(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return gone.signal;
}
