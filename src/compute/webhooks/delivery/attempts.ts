import { Injectable, Logger } from '@nestjs/common';
import { messageOf } from '../../../platform/errors/app.error';
import { Metrics } from '../../../platform/metrics';
import type { ClaimedDelivery, Outcome } from '../store/delivery-queue.repository';
import { WebhooksConfig } from '../webhooks.config';
import { WebhookClient, type WebhookResponse } from './webhook-client';

/** A webhook whose attempts take longer counts as slow. */
const SLOW_MS = 2000;
const MAX_RETRY_AFTER_MS = 86_400_000;
const MAX_ERROR = 200;
const GONE = 410;

/** Attempts to deliver events, and decides what follows. */
@Injectable()
export class DeliveryAttempts {
  private readonly logger = new Logger('Webhooks');

  constructor(
    private readonly config: WebhooksConfig,
    private readonly client: WebhookClient,
    private readonly metrics: Metrics,
  ) {}

  /** Never rejects; aborting the signal releases the delivery. */
  async attempt(delivery: ClaimedDelivery, signal: AbortSignal): Promise<Outcome> {
    const outcome = await this.outcomeOf(delivery, signal);
    if (outcome.result !== 'released') this.metrics.countWebhook(outcome.result);
    return outcome;
  }

  private async outcomeOf(delivery: ClaimedDelivery, signal: AbortSignal): Promise<Outcome> {
    const startedAt = performance.now();
    try {
      const response = await this.client.send(delivery, signal);
      const { status } = response;
      if (status < 200 || status > 299) return this.refused(delivery, response);
      const isSlow = performance.now() - startedAt > SLOW_MS;
      return { ...unchanged(delivery), result: 'succeeded', responseStatus: status, isSlow };
    } catch (error) {
      if (signal.aborted) return { ...unchanged(delivery), result: 'released' };
      return this.failed(delivery, messageOf(error));
    }
  }

  private refused(delivery: ClaimedDelivery, { status, retryAfterMs }: WebhookResponse): Outcome {
    const outcome = this.failed(delivery, `the response has status ${status}`, retryAfterMs);
    const disabledReason = status === GONE ? 'The receiver responded with status 410.' : null;
    // It stays pending in case that the webhook is enabled again.
    const result = status === GONE ? 'failed' : outcome.result;
    return { ...outcome, result, responseStatus: status, disabledReason };
  }

  private failed(delivery: ClaimedDelivery, error: string, retryAfterMs = 0): Outcome {
    const { id, webhookId, tenantId, attempts } = delivery;
    const delayMs = this.config.retryDelaysMs[attempts - 1];
    this.logger.debug(
      { deliveryId: id, webhookId, tenantId, attempts, cause: error },
      'failed to deliver an event',
    );
    return {
      ...unchanged(delivery),
      result: delayMs === undefined ? 'dead' : 'failed',
      error: error.slice(0, MAX_ERROR),
      delayMs: Math.max(varied(delayMs ?? 0), Math.min(retryAfterMs, MAX_RETRY_AFTER_MS)),
      isSlow: true,
    };
  }
}

function unchanged(delivery: ClaimedDelivery): Omit<Outcome, 'result'> {
  return { delivery, responseStatus: null, error: null, delayMs: 0, isSlow: null, disabledReason: null };
}

/** By up to a fifth, so that deliveries that failed together are not repeated together. */
function varied(ms: number): number {
  return Math.round(ms * (0.8 + 0.4 * Math.random()));
}
