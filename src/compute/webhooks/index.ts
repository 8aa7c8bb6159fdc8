export { WEBHOOK_ERRORS } from './webhook.errors';
export { WebhooksModule } from './webhooks.module';
