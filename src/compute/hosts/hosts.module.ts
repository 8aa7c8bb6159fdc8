import { Module } from '@nestjs/common';
import { DriversModule } from '../../drivers';
import { HostsRepository } from './hosts.repository';
import { HostsService } from './hosts.service';

@Module({
  imports: [DriversModule],
  providers: [HostsRepository, HostsService],
  exports: [HostsService],
})
export class HostsModule {}
