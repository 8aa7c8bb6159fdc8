import { Module, type DynamicModule } from '@nestjs/common';
import { Configuration, type Settings } from './settings';

/** Makes the configuration of every part injectable everywhere. */
@Module({})
export class ConfigModule {
  static of(settings: Settings): DynamicModule {
    const providers = settings.parts.map((part) => ({
      provide: part,
      useFactory: (configuration: Configuration) => configuration.get(part),
      inject: [Configuration],
    }));
    return {
      module: ConfigModule,
      global: true,
      providers: [{ provide: Configuration, useFactory: () => settings.current }, ...providers],
      exports: [Configuration, ...settings.parts],
    };
  }
}
