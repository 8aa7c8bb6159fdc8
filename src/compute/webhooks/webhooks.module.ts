import { Module, type OnModuleInit } from '@nestjs/common';
import { IdempotencyModule } from '../../access/idempotency';
import { EventsModule } from '../events';
import { ResourcesModule } from '../resources';
import { WebhooksController } from './api/webhooks.controller';
import { DeliveriesController } from './api/deliveries.controller';
import { DeliveryAttempts } from './delivery/attempts';
import { TargetRules } from './delivery/target-rules';
import { WebhookClient } from './delivery/webhook-client';
import { WebhooksSweeper } from './delivery/webhooks.sweeper';
import { WebhooksWorker } from './delivery/webhooks.worker';
import { DeliveriesRepository } from './store/deliveries.repository';
import { DeliveryQueueRepository } from './store/delivery-queue.repository';
import { WebhooksRepository } from './store/webhooks.repository';
import { WebhooksService } from './webhooks.service';

/** Delivers the events of tenants' instances to their webhooks. */
@Module({
  imports: [IdempotencyModule, EventsModule, ResourcesModule],
  controllers: [WebhooksController, DeliveriesController],
  providers: [
    WebhooksService,
    WebhooksRepository,
    DeliveriesRepository,
    DeliveryQueueRepository,
    TargetRules,
    WebhookClient,
    DeliveryAttempts,
    WebhooksWorker,
    WebhooksSweeper,
  ],
  exports: [DeliveryQueueRepository],
})
export class WebhooksModule implements OnModuleInit {
  constructor(private readonly queue: DeliveryQueueRepository) {}

  async onModuleInit(): Promise<void> {
    await this.queue.takeIn();
  }
}
