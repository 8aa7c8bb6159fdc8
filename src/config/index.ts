export { AppConfig } from './app-config';
export type {
  AuthConfig,
  DatabaseConfig,
  DockerConfig,
  GatewayAuthConfig,
  HttpConfig,
  JwtAuthConfig,
  LogFormat,
  PlatformServicesConfig,
  OperationsConfig,
  AllocationRatios,
  QemuConfig,
  QemuNetwork,
  SimulatedConfig,
  TenancyConfig,
} from './app-config';
export { ConfigModule } from './config.module';
export { ConfigurationError } from './configuration.error';
export { loadDotEnv } from './dot-env';
export { readConfig, settingWarnings } from './environment';
