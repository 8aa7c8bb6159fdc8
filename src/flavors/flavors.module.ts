import { Module } from '@nestjs/common';
import { IdempotencyModule } from '../idempotency';
import { FlavorsController } from './flavors.controller';
import { FlavorsRepository } from './flavors.repository';
import { FlavorsService } from './flavors.service';

@Module({
  imports: [IdempotencyModule],
  controllers: [FlavorsController],
  providers: [FlavorsService, FlavorsRepository],
  exports: [FlavorsService],
})
export class FlavorsModule {}
