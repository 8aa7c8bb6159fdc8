import { defineConfig, integer, setting } from '../platform/config';

function parseServiceUrl(input: string): string {
  if (input === '') return input;
  const url = URL.canParse(input) ? new URL(input) : undefined;
  const isBare =
    url !== undefined &&
    /^https?:$/.test(url.protocol) &&
    `${url.search}${url.hash}${url.username}${url.password}` === '';
  if (!isBare) throw new TypeError('must look like http://host:port');
  return input.replace(/\/+$/, '');
}

export class PlatformServicesConfig extends defineConfig({
  title: 'Platform services',
  variables: {
    NETWORK_SERVICE_URL: setting(parseServiceUrl, {
      default: '',
      desc: 'Network service, e.g. http://localhost:8083; empty disables the integration',
    }),
    STORAGE_SERVICE_URL: setting(parseServiceUrl, {
      default: '',
      desc: 'Storage service, e.g. http://localhost:8082; empty disables the integration',
    }),
    MONITORING_SERVICE_URL: setting(parseServiceUrl, {
      default: '',
      desc: 'Monitoring service, e.g. http://localhost:8085; empty disables the integration',
    }),
    SERVICE_TIMEOUT_MS: integer(50, 60_000, {
      default: 3000,
      desc: 'Time limit for one call of these services, including retries',
    }),
    CIRCUIT_FAILURES: integer(1, 1000, {
      default: 5,
      desc: 'Consecutive failures after which the circuit breaker of a service opens',
    }),
    CIRCUIT_OPEN_MS: integer(50, 600_000, {
      default: 10_000,
      desc: 'Time that an open circuit breaker rejects calls',
    }),
    VOLUME_WAIT_SECONDS: integer(1, 3600, {
      default: 30,
      desc: 'Time that an attempt waits for a volume that is being created',
    }),
    VOLUME_SETTLE_MS: integer(0, 60_000, {
      default: 1500,
      desc: 'Delay before attaching a volume whose status the service does not report',
    }),
  },
  renamed: { NEIGHBOUR_TIMEOUT_MS: 'SERVICE_TIMEOUT_MS' },
  config: (env) => ({
    /** Undefined disables the service. */
    networkUrl: env.NETWORK_SERVICE_URL || undefined,
    storageUrl: env.STORAGE_SERVICE_URL || undefined,
    monitoringUrl: env.MONITORING_SERVICE_URL || undefined,
    /** Timeout of one call, retries included. */
    timeoutMs: env.SERVICE_TIMEOUT_MS,
    /** Circuit breaker: consecutive failures that open it, and how long it stays open. */
    circuit: { failures: env.CIRCUIT_FAILURES, openMs: env.CIRCUIT_OPEN_MS },
    volumes: {
      /** How long one attempt waits for a volume that is being created. */
      waitMs: env.VOLUME_WAIT_SECONDS * 1000,
      /** Age at which a volume counts as created if its service does not report otherwise. */
      settleMs: env.VOLUME_SETTLE_MS,
    },
  }),
}) {}
