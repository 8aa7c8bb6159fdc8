import { Module } from '@nestjs/common';
import { FlavorsController } from './flavors.controller';
import { FlavorsRepository } from './flavors.repository';
import { FlavorsService } from './flavors.service';

@Module({
  controllers: [FlavorsController],
  providers: [FlavorsService, FlavorsRepository],
  exports: [FlavorsService],
})
export class FlavorsModule {}
