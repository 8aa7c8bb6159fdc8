import { Module } from '@nestjs/common';
import { ErrorsController } from './errors.controller';

/** What people read about the API, beside its OpenAPI document. */
@Module({ controllers: [ErrorsController] })
export class DocumentsModule {}
