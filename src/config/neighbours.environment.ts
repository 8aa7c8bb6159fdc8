import type { CleanedEnv } from 'envalid';
import type { NeighboursConfig, OutboxConfig } from './app-config';
import { integer, serviceUrl } from './validators';

const HOUR_MS = 3_600_000;

/** The Network, Storage and Monitoring services, and the outbox for Monitoring. */
export const NEIGHBOURS_ENVIRONMENT = {
  NETWORK_SERVICE_URL: serviceUrl({
    default: '',
    desc: 'Network service, e.g. http://localhost:8083; empty switches the integration off',
  }),
  STORAGE_SERVICE_URL: serviceUrl({
    default: '',
    desc: 'Storage service, e.g. http://localhost:8082; empty switches the integration off',
  }),
  MONITORING_SERVICE_URL: serviceUrl({
    default: '',
    desc: 'Monitoring service, e.g. http://localhost:8085; empty switches the integration off',
  }),
  NEIGHBOUR_TIMEOUT_MS: integer(
    50,
    60_000,
  )({ default: 3000, desc: 'Longest time of one call of these services, its repetitions included' }),
  CIRCUIT_FAILURES: integer(
    1,
    1000,
  )({ default: 5, desc: 'Failures in a row after which one of them is left alone for a while' }),
  CIRCUIT_OPEN_MS: integer(50, 600_000)({ default: 10_000, desc: 'How long it is left alone' }),
  VOLUME_WAIT_SECONDS: integer(
    1,
    3600,
  )({ default: 30, desc: 'How long a volume that is being made is waited for at once' }),
  VOLUME_SETTLE_MS: integer(
    0,
    60_000,
  )({ default: 1500, desc: 'Wait before a volume is attached whose service does not tell its status' }),
  OUTBOX_MAX_ROWS: integer(
    1,
    10_000_000,
  )({
    default: 100_000,
    desc: 'Metrics that may wait for the Monitoring service; beyond it, the oldest of the tenant with the most are dropped',
  }),
  OUTBOX_MAX_AGE_HOURS: integer(
    1,
    8760,
  )({ default: 168, desc: 'How long a metric may wait for the Monitoring service' }),
  HEALTH_REPORT_SECONDS: integer(
    1,
    3600,
  )({ default: 30, desc: 'How often the Monitoring service is told how this one is' }),
};

type NeighboursEnvironment = CleanedEnv<typeof NEIGHBOURS_ENVIRONMENT>;

export function toNeighbours(env: NeighboursEnvironment): NeighboursConfig {
  return {
    networkUrl: env.NETWORK_SERVICE_URL || undefined,
    storageUrl: env.STORAGE_SERVICE_URL || undefined,
    monitoringUrl: env.MONITORING_SERVICE_URL || undefined,
    timeoutMs: env.NEIGHBOUR_TIMEOUT_MS,
    circuit: { failures: env.CIRCUIT_FAILURES, openMs: env.CIRCUIT_OPEN_MS },
    volumes: { waitMs: env.VOLUME_WAIT_SECONDS * 1000, settleMs: env.VOLUME_SETTLE_MS },
    healthReportMs: env.HEALTH_REPORT_SECONDS * 1000,
  };
}

export function toOutbox(env: NeighboursEnvironment): OutboxConfig {
  return { maxRows: env.OUTBOX_MAX_ROWS, maxAgeMs: env.OUTBOX_MAX_AGE_HOURS * HOUR_MS };
}
