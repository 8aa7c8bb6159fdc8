import { Module } from '@nestjs/common';
import { AppConfig } from '../../config';
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
      useFactory: ({ images }: AppConfig) => CatalogFile.open(images.file),
      inject: [AppConfig],
    },
    {
      provide: ImagesService,
      useFactory: ({ images }: AppConfig, file: CatalogFile | undefined, drivers: DriverRegistry) =>
        new ImagesService(file, drivers, images.registries),
      inject: [AppConfig, CatalogFile, DriverRegistry],
    },
  ],
  exports: [ImagesService],
})
export class ImagesModule {}
