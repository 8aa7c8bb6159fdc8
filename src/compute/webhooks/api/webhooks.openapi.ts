import { applyDecorators } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
} from '@nestjs/swagger';
import { ApiIdempotencyKeyHeader, IDEMPOTENCY_ERRORS } from '../../../access/idempotency';
import { TENANCY_ERRORS } from '../../../access/tenancy';
import { DATABASE_ERRORS } from '../../../platform/database';
import { SERVICE_ERRORS } from '../../../platform/errors/service.errors';
import { HTTP_ERRORS } from '../../../platform/http/http.errors';
import { ApiProblems, BODY } from '../../../platform/http/requests/api-problems.decorator';
import { WEBHOOK_ERRORS } from '../webhook.errors';
import { WebhookDeliveryDto, WebhookDeliveryListDto } from './delivery.dto';
import {
  CreatedWebhookDto,
  CreateWebhookDto,
  UpdateWebhookDto,
  WebhookDto,
  WebhookListDto,
} from './webhook.dto';

type Decorator = MethodDecorator;

const CREATIONS = {
  some: {
    summary: 'Some types of events',
    value: { url: 'https://hooks.example.com/compute', types: ['create.*', 'delete.succeeded'] },
  },
  all: {
    summary: 'All events, with a secret of your own',
    value: {
      url: 'https://hooks.example.com/compute',
      types: ['*'],
      secret: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD',
    },
  },
};

const ApiWebhookId = (): Decorator =>
  applyDecorators(
    ApiParam({
      name: 'id',
      format: 'uuid',
      example: '019342d0-3f7c-7b20-a7c1-5d0f2e8b9a11',
      description: 'Id of the webhook',
    }),
    ApiProblems(HTTP_ERRORS.malformed_url, WEBHOOK_ERRORS.webhook_not_found),
  );

const ApiRequest = (): Decorator =>
  ApiProblems(TENANCY_ERRORS.invalid_tenant, DATABASE_ERRORS.database_unavailable);

/** Errors of writes without idempotency keys, dry runs and preconditions. */
const ApiPlainWrite = (): Decorator =>
  applyDecorators(
    ApiRequest(),
    ApiProblems(
      SERVICE_ERRORS.validation_failed,
      HTTP_ERRORS.unsupported_media_type,
      HTTP_ERRORS.dry_run_unsupported,
      IDEMPOTENCY_ERRORS.idempotency_key_unsupported,
      HTTP_ERRORS.precondition_unsupported,
    ),
  );

export const ApiListWebhooks = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'listWebhooks',
      summary: "List the tenant's webhooks, oldest first",
      description: 'All of them, without their secrets.',
    }),
    ApiOkResponse({ type: WebhookListDto }),
    ApiRequest(),
  );

export const ApiGetWebhook = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'getWebhook',
      summary: 'Get one webhook',
      description: '`pendingDeliveries` and `disabledReason` show whether its receiver works.',
    }),
    ApiWebhookId(),
    ApiOkResponse({ type: WebhookDto }),
    ApiRequest(),
  );

export const ApiCreateWebhook = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'createWebhook',
      summary: 'Deliver the events of the tenant to a URL',
      description:
        'Delivers events from now on, at least once and in order for each instance, signed by Standard Webhooks 1.0.0. ' +
        'Failed deliveries are repeated after growing delays for about three days; docs/webhooks.md has the details.',
    }),
    ApiBody({
      type: CreateWebhookDto,
      examples: CREATIONS,
    }),
    ApiCreatedResponse({
      type: CreatedWebhookDto,
      headers: {
        Location: {
          description: 'The new webhook',
          schema: {
            type: 'string',
            example: '/api/v1/compute/webhooks/019342d0-3f7c-7b20-a7c1-5d0f2e8b9a11',
          },
        },
      },
    }),
    ApiIdempotencyKeyHeader(),
    ApiRequest(),
    ApiProblems(
      ...BODY,
      WEBHOOK_ERRORS.webhook_url_insecure,
      WEBHOOK_ERRORS.webhook_target_refused,
      WEBHOOK_ERRORS.too_many_webhooks,
      IDEMPOTENCY_ERRORS.idempotency_key_reused,
      IDEMPOTENCY_ERRORS.too_many_idempotency_keys,
      HTTP_ERRORS.dry_run_unsupported,
      HTTP_ERRORS.precondition_unsupported,
    ),
  );

export const ApiUpdateWebhook = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'updateWebhook',
      summary: 'Change, disable or enable a webhook',
      description:
        'Absent members stay as they are. While a webhook is disabled, its events wait. Enabling it repeats pending deliveries at once.',
    }),
    ApiWebhookId(),
    ApiBody({
      type: UpdateWebhookDto,
      examples: { enable: { summary: 'Enable it', value: { enabled: true } } },
    }),
    ApiOkResponse({ type: WebhookDto }),
    ApiPlainWrite(),
    ApiProblems(...BODY, WEBHOOK_ERRORS.webhook_url_insecure, WEBHOOK_ERRORS.webhook_target_refused),
  );

export const ApiDeleteWebhook = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'deleteWebhook',
      summary: 'Delete a webhook',
      description: 'Also deletes its deliveries. An attempt that has begun is not ended.',
    }),
    ApiWebhookId(),
    ApiNoContentResponse({ description: 'The webhook is deleted' }),
    ApiPlainWrite(),
  );

export const ApiListDeliveries = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'listWebhookDeliveries',
      summary: 'List the deliveries of a webhook, newest first',
      description: 'Succeeded and dead deliveries are kept for `WEBHOOK_RETENTION_DAYS`.',
    }),
    ApiWebhookId(),
    ApiOkResponse({ type: WebhookDeliveryListDto }),
    ApiRequest(),
    ApiProblems(
      SERVICE_ERRORS.validation_failed,
      SERVICE_ERRORS.invalid_page_token,
      DATABASE_ERRORS.too_many_lists,
    ),
  );

export const ApiRedeliver = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'redeliverWebhookDelivery',
      summary: 'Repeat a delivery',
      description:
        'Makes it pending and due, with all attempts, whatever its status. Later events of the same instance that are not delivered yet wait for it.',
    }),
    ApiWebhookId(),
    ApiParam({
      name: 'deliveryId',
      format: 'uuid',
      example: '6a1f0c52-8d3e-4b7a-9c44-0f6d2b1e7a90',
      description: 'Id of the delivery',
    }),
    ApiOkResponse({ type: WebhookDeliveryDto }),
    ApiPlainWrite(),
    ApiProblems(WEBHOOK_ERRORS.webhook_delivery_not_found),
  );
