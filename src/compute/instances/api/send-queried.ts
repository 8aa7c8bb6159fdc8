import type { Response } from 'express';
import { abortOnDisconnect } from '../../../platform/http/responses/abort-on-disconnect';
import { sendDocument } from '../../../platform/http/responses/send';

/** Sends the JSON text that a query results in. Drops errors after the client has disconnected. */
export async function sendQueried(
  response: Response,
  tenantId: string,
  query: (signal: AbortSignal) => Promise<string>,
): Promise<void> {
  const signal = abortOnDisconnect(response);
  try {
    sendDocument(response, tenantId, await query(signal));
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
