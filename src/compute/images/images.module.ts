import { Module } from '@nestjs/common';
import { ImagesConfig } from './images.config';
import { DriverRegistry, DriversModule } from '../../drivers';
import { CatalogFile } from './catalog-file';
import { ImagesController } from './api/images.controller';
import { ImagesService } from './images.service';
import { OwnImagesRepository } from './own-images.repository';

@Module({
  imports: [DriversModule],
  controllers: [ImagesController],
  providers: [
    OwnImagesRepository,
    {
      provide: CatalogFile,
      useFactory: ({ file }: ImagesConfig) => CatalogFile.open(file),
      inject: [ImagesConfig],
    },
    {
      provide: ImagesService,
      useFactory: (
        { registries }: ImagesConfig,
        file: CatalogFile | undefined,
        own: OwnImagesRepository,
        drivers: DriverRegistry,
      ) => new ImagesService(file, own, drivers, registries),
      inject: [ImagesConfig, CatalogFile, OwnImagesRepository, DriverRegistry],
    },
  ],
  exports: [ImagesService],
})
export class ImagesModule {}
