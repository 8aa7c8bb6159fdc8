import { Module } from '@nestjs/common';
import { IntegrationsModule } from '../integrations';
import { OutboxDelivery } from './outbox-delivery';
import { OutboxRepository } from './outbox.repository';

/** What is told to the Monitoring service, on its way. */
@Module({
  imports: [IntegrationsModule],
  providers: [OutboxRepository, OutboxDelivery],
  exports: [OutboxRepository],
})
export class OutboxModule {}
