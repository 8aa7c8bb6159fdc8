import { Module } from '@nestjs/common';
import { ImagesConfig } from './images.config';
import { DriverRegistry, DriversModule } from '../../drivers';
import { CatalogFile } from './catalog-file';
import { ImagesController } from './api/images.controller';
import { ImagesService } from './images.service';

@Module({
  imports: [DriversModule],
  controllers: [ImagesController],
  providers: [
    {
      provide: CatalogFile,
      useFactory: ({ file }: ImagesConfig) => CatalogFile.open(file),
      inject: [ImagesConfig],
    },
    {
      provide: ImagesService,
      useFactory: ({ registries }: ImagesConfig, file: CatalogFile | undefined, drivers: DriverRegistry) =>
        new ImagesService(file, drivers, registries),
      inject: [ImagesConfig, CatalogFile, DriverRegistry],
    },
  ],
  exports: [ImagesService],
})
export class ImagesModule {}
