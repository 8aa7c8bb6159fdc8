import { Logger, Module, type OnModuleInit } from '@nestjs/common';
import { InstancesModule } from '../instances';
import { ResourcesModule } from '../resources';
import { AuditController } from './audit/api/audit.controller';
import { AuditRepository } from './audit/audit.repository';
import { AuditService } from './audit/audit.service';
import { EventHub } from './event-hub';
import { EventRecords } from './event-records.repository';
import { EventsController } from './api/events.controller';
import { EventsRepository } from './events.repository';
import { EventsService } from './events.service';

@Module({
  imports: [InstancesModule, ResourcesModule],
  controllers: [EventsController, AuditController],
  providers: [EventsService, EventsRepository, EventRecords, EventHub, AuditService, AuditRepository],
  exports: [EventHub, EventRecords],
})
export class EventsModule implements OnModuleInit {
  constructor(private readonly records: EventRecords) {}

  async onModuleInit(): Promise<void> {
    const count = await this.records.takeIn();
    if (count > 0) new Logger('Events').log({ count }, 'imported events from another database server');
  }
}
