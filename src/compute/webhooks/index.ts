export { WEBHOOK_ERRORS } from './webhook.errors';
export { DeliveryQueueRepository, type DeliveryStatistics } from './store/delivery-queue.repository';
export { WebhooksModule } from './webhooks.module';
