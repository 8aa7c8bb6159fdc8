import { Module } from '@nestjs/common';
import { ErrorsController } from './errors.controller';

/** Human-readable pages about the API, in addition to its OpenAPI document. */
@Module({ controllers: [ErrorsController] })
export class DocumentsModule {}
