import type { CleanedEnv } from 'envalid';
import type { PlatformServicesConfig, OutboxConfig } from './app-config';
import { integer, serviceUrl } from './validators';

const HOUR_MS = 3_600_000;

/** The Network, Storage and Monitoring services, and the outbox for Monitoring. */
export const PLATFORM_SERVICES_ENVIRONMENT = {
  NETWORK_SERVICE_URL: serviceUrl({
    default: '',
    desc: 'Network service, e.g. http://localhost:8083; empty disables the integration',
  }),
  STORAGE_SERVICE_URL: serviceUrl({
    default: '',
    desc: 'Storage service, e.g. http://localhost:8082; empty disables the integration',
  }),
  MONITORING_SERVICE_URL: serviceUrl({
    default: '',
    desc: 'Monitoring service, e.g. http://localhost:8085; empty disables the integration',
  }),
  SERVICE_TIMEOUT_MS: integer(
    50,
    60_000,
  )({ default: 3000, desc: 'Time limit for one call of these services, including retries' }),
  CIRCUIT_FAILURES: integer(
    1,
    1000,
  )({ default: 5, desc: 'Consecutive failures after which the circuit breaker of a service opens' }),
  CIRCUIT_OPEN_MS: integer(
    50,
    600_000,
  )({ default: 10_000, desc: 'Time that an open circuit breaker rejects calls' }),
  VOLUME_WAIT_SECONDS: integer(
    1,
    3600,
  )({ default: 30, desc: 'Time that an attempt waits for a volume that is being created' }),
  VOLUME_SETTLE_MS: integer(
    0,
    60_000,
  )({ default: 1500, desc: 'Delay before attaching a volume whose status the service does not report' }),
  OUTBOX_MAX_ROWS: integer(
    1,
    10_000_000,
  )({
    default: 100_000,
    desc: 'Maximum number of metrics waiting for the Monitoring service; beyond it, the oldest of the tenant with the most are dropped',
  }),
  OUTBOX_MAX_AGE_HOURS: integer(
    1,
    8760,
  )({ default: 168, desc: 'Hours that a metric may wait for the Monitoring service' }),
  HEALTH_REPORT_SECONDS: integer(
    1,
    3600,
  )({ default: 30, desc: 'Interval of health reports to the Monitoring service' }),
};

type PlatformServicesEnvironment = CleanedEnv<typeof PLATFORM_SERVICES_ENVIRONMENT>;

export function toPlatformServices(env: PlatformServicesEnvironment): PlatformServicesConfig {
  return {
    networkUrl: env.NETWORK_SERVICE_URL || undefined,
    storageUrl: env.STORAGE_SERVICE_URL || undefined,
    monitoringUrl: env.MONITORING_SERVICE_URL || undefined,
    timeoutMs: env.SERVICE_TIMEOUT_MS,
    circuit: { failures: env.CIRCUIT_FAILURES, openMs: env.CIRCUIT_OPEN_MS },
    volumes: { waitMs: env.VOLUME_WAIT_SECONDS * 1000, settleMs: env.VOLUME_SETTLE_MS },
    healthReportMs: env.HEALTH_REPORT_SECONDS * 1000,
  };
}

export function toOutbox(env: PlatformServicesEnvironment): OutboxConfig {
  return { maxRows: env.OUTBOX_MAX_ROWS, maxAgeMs: env.OUTBOX_MAX_AGE_HOURS * HOUR_MS };
}
