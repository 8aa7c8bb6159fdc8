import { Logger, Module, type OnModuleInit } from '@nestjs/common';
import { InstancesModule } from '../instances';
import { ResourcesModule } from '../resources';
import { EventHub } from './event-hub';
import { EventRecords } from './event-records.repository';
import { EventsController } from './api/events.controller';
import { EventsRepository } from './events.repository';
import { EventsService } from './events.service';

@Module({
  imports: [InstancesModule, ResourcesModule],
  controllers: [EventsController],
  providers: [EventsService, EventsRepository, EventRecords, EventHub],
  exports: [EventHub, EventRecords],
})
export class EventsModule implements OnModuleInit {
  constructor(private readonly records: EventRecords) {}

  async onModuleInit(): Promise<void> {
    const count = await this.records.takeIn();
    if (count > 0) new Logger('Events').log({ count }, 'imported events from another database server');
  }
}
