import { AppError } from '../../platform/errors/app.error';
import { defineErrors } from '../../platform/errors/define-errors';

export const WEBHOOK_ERRORS = defineErrors({
  webhook_not_found: {
    status: 404,
    example: 'Webhook not found',
    retryable: false,
    meaning: 'The tenant has no webhook with this id.',
    remedy: 'Use an id that `GET /webhooks` lists.',
  },
  webhook_delivery_not_found: {
    status: 404,
    example: 'Delivery not found',
    retryable: false,
    meaning:
      'The webhook has no delivery with this id. Deliveries are deleted after `WEBHOOK_RETENTION_DAYS`.',
    remedy: 'Use an id that `GET /webhooks/{id}/deliveries` lists.',
  },
  webhook_url_insecure: {
    status: 400,
    example: 'The URL of a webhook must begin with https://',
    retryable: false,
    meaning: 'Events are sent only through TLS, unless the operator has set `WEBHOOK_ALLOW_HTTP`.',
    remedy: 'Use an https URL.',
  },
  webhook_target_refused: {
    status: 400,
    example: 'The host of the URL has no address that webhooks may connect to',
    retryable: false,
    meaning:
      'The host is, or resolves to, a private, loopback, link-local or otherwise special address, and the operator has not ' +
      'listed it in `WEBHOOK_ALLOWED_NETWORKS`. The address is checked again at each delivery.',
    remedy: 'Use a host with a public address, or ask an operator to allow its network.',
  },
  too_many_webhooks: {
    status: 409,
    example: 'The tenant has reached its limit of 10 webhooks',
    retryable: false,
    meaning: 'The tenant has as many webhooks as `WEBHOOKS_PER_TENANT` allows.',
    remedy: 'Delete a webhook, or let one webhook receive more types of events.',
  },
});

export class WebhookNotFoundError extends AppError {
  constructor() {
    super(WEBHOOK_ERRORS.webhook_not_found);
  }
}

export class DeliveryNotFoundError extends AppError {
  constructor() {
    super(WEBHOOK_ERRORS.webhook_delivery_not_found);
  }
}

export class InsecureUrlError extends AppError {
  constructor() {
    super(WEBHOOK_ERRORS.webhook_url_insecure);
  }
}

/** No address of the host is allowed. The addresses are not named, because they can be those of internal hosts. */
export class TargetRefusedError extends AppError {
  constructor() {
    super(WEBHOOK_ERRORS.webhook_target_refused);
  }
}

export class TooManyWebhooksError extends AppError {
  constructor(limit: number) {
    super(WEBHOOK_ERRORS.too_many_webhooks, {
      message: `The tenant has reached its limit of ${limit} webhooks`,
    });
  }
}
