export { AppConfig } from './app-config';
export type {
  AuthConfig,
  DatabaseConfig,
  GatewayAuthConfig,
  HttpConfig,
  JwtAuthConfig,
  LogLevel,
  NeighboursConfig,
  OperationsConfig,
  OutboxConfig,
  QemuConfig,
  QemuNetwork,
  QuotasConfig,
  SimulatedConfig,
  TenancyConfig,
} from './app-config';
export { ConfigModule } from './config.module';
export { ConfigurationError } from './configuration.error';
export { loadDotEnv, readConfig } from './environment';
