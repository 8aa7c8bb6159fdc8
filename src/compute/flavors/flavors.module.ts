import { Module } from '@nestjs/common';
import { IdempotencyModule } from '../../access/idempotency';
import { FlavorsController } from './api/flavors.controller';
import { FlavorsRepository } from './flavors.repository';
import { FlavorsService } from './flavors.service';

@Module({
  imports: [IdempotencyModule],
  controllers: [FlavorsController],
  providers: [FlavorsService, FlavorsRepository],
  exports: [FlavorsService],
})
export class FlavorsModule {}
