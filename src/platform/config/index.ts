export { ConfigModule } from './config.module';
export { ConfigurationError } from './configuration.error';
export { defineConfig, type AnyConfigClass } from './define-config';
export { loadDotEnv } from './dot-env';
export { Configuration, Settings } from './settings';
export { bound, choice, flag, integer, listOf, matching, path, ratio, setting, text } from './validators';
