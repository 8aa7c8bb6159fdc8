import { Module } from '@nestjs/common';
import { IntegrationsModule } from '..';
import { OutboxDelivery } from './outbox-delivery';
import { OutboxRepository } from './outbox.repository';

/** Queues metrics for the Monitoring service and delivers them. */
@Module({
  imports: [IntegrationsModule],
  providers: [OutboxRepository, OutboxDelivery],
  exports: [OutboxRepository],
})
export class OutboxModule {}
