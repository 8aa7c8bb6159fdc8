import { Module } from '@nestjs/common';
import { DriversModule } from '../../drivers';
import { FlavorsModule } from '../flavors';
import { HostsModule } from '../hosts';
import { CapacityRefresher } from './capacity/capacity-refresher';
import { CapacityController } from './api/capacity.controller';
import { CapacityRepository } from './capacity/capacity.repository';
import { CapacityService } from './capacity/capacity.service';
import { QuotasController } from './api/quotas.controller';
import { QuotasRepository } from './quotas.repository';
import { QuotasService } from './quotas.service';
import { TenantsController } from './api/tenants.controller';
import { TenantsRepository } from './tenants.repository';

@Module({
  imports: [DriversModule, FlavorsModule, HostsModule],
  controllers: [QuotasController, CapacityController, TenantsController],
  providers: [
    QuotasService,
    QuotasRepository,
    TenantsRepository,
    CapacityService,
    CapacityRepository,
    CapacityRefresher,
  ],
  exports: [QuotasService],
})
export class QuotasModule {}
