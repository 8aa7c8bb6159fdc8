import { Module } from '@nestjs/common';
import { ConsoleDirectory } from './console-directory';

/** The web console: static files, which use the HTTP API like any other client. */
@Module({ providers: [{ provide: ConsoleDirectory, useFactory: () => new ConsoleDirectory() }] })
export class WebModule {}
