import { request as requestHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { Injectable } from '@nestjs/common';
import { abortOnTimeout } from '../../../platform/async/timeout';
import { WebhooksConfig } from '../webhooks.config';
import { signedHeaders } from './signature';
import { TargetRules } from './target-rules';

export interface WebhookMessage {
  readonly url: string;
  readonly secret: string;
  /** Stays the same in all attempts, so that receivers can recognize repeats. */
  readonly id: string;
  /** JSON text. */
  readonly body: string;
}

export interface WebhookResponse {
  readonly status: number;
  /** From `Retry-After`; 0 without one. */
  readonly retryAfterMs: number;
}

/** Sends messages to webhooks. */
@Injectable()
export class WebhookClient {
  constructor(
    private readonly config: WebhooksConfig,
    private readonly rules: TargetRules,
  ) {}

  /**
   * Follows no redirect and reads no body. The time limit includes resolving the host and connecting.
   * @throws if there is no response in time, or the target is not allowed.
   */
  async send({ url, secret, ...message }: WebhookMessage, signal: AbortSignal): Promise<WebhookResponse> {
    const target = new URL(url);
    this.rules.assertSecure(target);
    const headers = {
      'Content-Type': 'application/json',
      'Content-Length': String(Buffer.byteLength(message.body)),
      'User-Agent': 'uim-compute-webhooks',
      ...signedHeaders(secret, message, Math.floor(Date.now() / 1000)),
    };
    const deadline = { timeoutMs: this.config.timeoutMs, signal };
    return abortOnTimeout(deadline, async (aborting) => {
      const options = { method: 'POST', headers, lookup: this.rules.lookup, agent: false, signal: aborting };
      const request =
        target.protocol === 'https:' ? requestHttps(target, options) : requestHttp(target, options);
      try {
        const { statusCode = 0, headers: received } = await responseOf(request, message.body);
        return { status: statusCode, retryAfterMs: toMs(received['retry-after']) };
      } catch (error) {
        // The error of an aborted request does not say why.
        throw aborting.aborted ? aborting.reason : error;
      } finally {
        request.destroy();
      }
    });
  }
}

function responseOf(request: ClientRequest, body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.on('response', (response) => {
      // Without a listener, the end of the connection would be an uncaught error.
      response.on('error', () => undefined);
      resolve(response);
    });
    // Without a listener, a response that switches protocols would end the connection without an event.
    request.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve(response);
    });
    request.on('error', reject);
    // The last of all events, so that a request never remains without an end.
    request.on('close', () => reject(new Error('the connection was closed without a response')));
    request.end(body);
  });
}

function toMs(retryAfter: string | undefined): number {
  if (retryAfter === undefined) return 0;
  const ms = /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : 0;
}
