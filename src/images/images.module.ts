import { Module } from '@nestjs/common';
import { AppConfig } from '../config';
import { DriverRegistry, DriversModule } from '../drivers';
import { CatalogueFile } from './catalogue-file';
import { ImagesController } from './images.controller';
import { ImagesService } from './images.service';

@Module({
  imports: [DriversModule],
  controllers: [ImagesController],
  providers: [
    {
      provide: CatalogueFile,
      useFactory: ({ images }: AppConfig) => CatalogueFile.open(images.file),
      inject: [AppConfig],
    },
    {
      provide: ImagesService,
      useFactory: ({ images }: AppConfig, file: CatalogueFile | undefined, drivers: DriverRegistry) =>
        new ImagesService(file, drivers, images.registries),
      inject: [AppConfig, CatalogueFile, DriverRegistry],
    },
  ],
  exports: [ImagesService],
})
export class ImagesModule {}
