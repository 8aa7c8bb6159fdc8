import { Global, Module } from '@nestjs/common';
import { AppConfig } from './app-config';
import { readConfig } from './environment';

/** Makes the parsed configuration injectable everywhere. */
@Global()
@Module({ providers: [{ provide: AppConfig, useFactory: () => readConfig() }], exports: [AppConfig] })
export class ConfigModule {}
