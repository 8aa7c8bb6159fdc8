import { isIP, isIPv6 } from 'node:net';
import { defineConfig, flag, integer, listOf, setting } from '../../platform/config';

const DAY_MS = 86_400_000;
const MAX_DELAY_SECONDS = 604_800;
const MAX_DELAYS = 50;

/** A range of IP addresses. */
export interface Network {
  readonly address: string;
  readonly prefix: number;
  readonly family: 'ipv4' | 'ipv6';
}

/** Deliveries of events to the webhooks of tenants. */
export class WebhooksConfig extends defineConfig({
  title: 'Webhooks',
  variables: {
    WEBHOOKS_PER_TENANT: integer(0, 1000, { default: 10, desc: 'Maximum number of webhooks of a tenant' }),
    WEBHOOK_TIMEOUT_SECONDS: integer(1, 60, {
      default: 15,
      desc: 'Maximum duration of an attempt to deliver an event to a webhook',
    }),
    WEBHOOK_RETRY_SECONDS: setting(delaysIn, {
      default: '5,300,1800,7200,18000,36000,50400,72000,86400',
      desc: 'Delays before the second and each further attempt to deliver an event, each varied by a fifth; after the last one, the delivery is dead',
    }),
    WEBHOOK_RETENTION_DAYS: integer(1, 3650, {
      default: 7,
      desc: 'Days that succeeded and dead deliveries are kept',
    }),
    WEBHOOK_ALLOW_HTTP: flag({
      default: false,
      desc: 'Whether the URLs of webhooks may begin with http://',
    }),
    WEBHOOK_ALLOWED_NETWORKS: setting(networksIn, {
      default: '',
      desc: 'Networks that webhooks may connect to besides public addresses, for example 10.20.0.0/16,fd00::/8',
    }),
    WEBHOOK_DNS_SERVERS: setting(serversIn, {
      default: '',
      desc: 'DNS servers that resolve the hosts of webhooks, as addresses with optional ports; by default those of the system',
    }),
  },
  config: (env) => ({
    perTenant: env.WEBHOOKS_PER_TENANT,
    timeoutMs: env.WEBHOOK_TIMEOUT_SECONDS * 1000,
    /** Before the second and each further attempt. */
    retryDelaysMs: listOf(env.WEBHOOK_RETRY_SECONDS).map((seconds) => Number(seconds) * 1000),
    retentionMs: env.WEBHOOK_RETENTION_DAYS * DAY_MS,
    isHttpAllowed: env.WEBHOOK_ALLOW_HTTP,
    allowedNetworks: listOf(env.WEBHOOK_ALLOWED_NETWORKS).map(toNetwork),
    /** Empty for the DNS servers of the system. */
    dnsServers: listOf(env.WEBHOOK_DNS_SERVERS),
  }),
}) {}

function delaysIn(input: string): string {
  const items = listOf(input);
  const isDelay = (item: string): boolean => /^\d{1,6}$/.test(item) && Number(item) <= MAX_DELAY_SECONDS;
  if (items.length === 0 || items.length > MAX_DELAYS || !items.every(isDelay)) {
    throw new TypeError(
      `must be 1 to ${MAX_DELAYS} integers from 0 to ${MAX_DELAY_SECONDS}, separated by commas`,
    );
  }
  return input;
}

function networksIn(input: string): string {
  const isNetwork = (item: string): boolean => {
    const { address, prefix } = toNetwork(item);
    const longest = isIPv6(address) ? 128 : 32;
    return /^[^/%]+\/\d{1,3}$/.test(item) && isIP(address) !== 0 && prefix <= longest;
  };
  if (!listOf(input).every(isNetwork)) {
    throw new TypeError('must be networks such as 10.20.0.0/16, separated by commas');
  }
  return input;
}

function serversIn(input: string): string {
  const isServer = (item: string): boolean => {
    const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(item) ?? [];
    const address = isIPv6(item) ? item : (bracketed ?? plain ?? '');
    return isIP(address) !== 0 && Number(port ?? 0) <= 65_535;
  };
  if (!listOf(input).every(isServer)) {
    throw new TypeError('must be addresses such as 10.0.0.53 or 10.0.0.53:5353, separated by commas');
  }
  return input;
}

function toNetwork(item: string): Network {
  const [address = '', prefix = ''] = item.split('/');
  return { address, prefix: Number(prefix), family: isIPv6(address) ? 'ipv6' : 'ipv4' };
}
