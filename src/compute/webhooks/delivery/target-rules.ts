import { Resolver } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import type { LookupAddress } from 'node:dns';
import { Injectable } from '@nestjs/common';
import { withTimeout } from '../../../platform/async/timeout';
import { InsecureUrlError, TargetRefusedError } from '../webhook.errors';
import { WebhooksConfig } from '../webhooks.config';

const RESOLVE = { timeout: 2000, tries: 2 };
/** How long the creation of a webhook waits for its host to be resolved. */
const CHECK_MS = 3000;

/** IPv4 networks that are not global unicast, from the special-purpose registry of IANA. */
const SPECIAL_IPV4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** The IPv6 network of global unicast. Outside are loopback, link-local, unique local, IPv4-mapped, NAT64 and multicast. */
const GLOBAL_IPV6 = ['2000::', 3] as const;

/** Parts of it that are not: Teredo and other protocols, documentation, 6to4. */
const SPECIAL_IPV6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

/** Which targets webhooks may have. */
@Injectable()
export class TargetRules {
  private readonly special = new BlockList();
  private readonly global = new BlockList();
  private readonly allowed = new BlockList();

  constructor(private readonly config: WebhooksConfig) {
    for (const [address, prefix] of SPECIAL_IPV4) this.special.addSubnet(address, prefix, 'ipv4');
    for (const [address, prefix] of SPECIAL_IPV6) this.special.addSubnet(address, prefix, 'ipv6');
    this.global.addSubnet(...GLOBAL_IPV6, 'ipv6');
    for (const { address, prefix, family } of config.allowedNetworks)
      this.allowed.addSubnet(address, prefix, family);
  }

  /**
   * Checks the URL of a webhook; a host that cannot be resolved now is accepted. The addresses are checked again by each
   * attempt.
   * @throws {InsecureUrlError | TargetRefusedError}
   */
  async assertAllowed(url: string): Promise<void> {
    const target = new URL(url);
    this.assertSecure(target);
    const { hostname } = target;
    if (addressIn(hostname) !== undefined) return;
    const addresses = await withTimeout({ timeoutMs: CHECK_MS }, () => this.resolve(hostname)).catch(
      () => [],
    );
    if (addresses.length > 0 && !addresses.some(({ address }) => this.isAllowed(address)))
      throw new TargetRefusedError();
  }

  /** Checks what needs no resolution. @throws {InsecureUrlError | TargetRefusedError} */
  assertSecure({ protocol, hostname }: URL): void {
    if (protocol !== 'https:' && !this.config.isHttpAllowed) throw new InsecureUrlError();
    const address = addressIn(hostname);
    // Connections to an address need no lookup.
    if (address !== undefined && !this.isAllowed(address)) throw new TargetRefusedError();
  }

  /** For the connection itself, so that it is to one of the addresses that were checked. */
  readonly lookup: LookupFunction = (hostname, { all = false }, done) => {
    this.resolve(hostname)
      .then((addresses) => {
        const allowed = addresses.filter(({ address }) => this.isAllowed(address));
        const [first] = allowed;
        if (!first) throw new TargetRefusedError();
        if (all) done(null, allowed);
        else done(null, first.address, first.family);
      })
      .catch((error: unknown) => done(error instanceof Error ? error : new Error(String(error)), ''));
  };

  /** Whether it is global unicast or in a network that the operator allows. */
  isAllowed(address: string): boolean {
    const version = isIP(address);
    if (version === 0) return false;
    const family = version === 4 ? 'ipv4' : 'ipv6';
    if (this.allowed.check(address, family)) return true;
    return (family === 'ipv4' || this.global.check(address, family)) && !this.special.check(address, family);
  }

  /**
   * Asks the DNS servers. `dns.lookup` would take one of the few threads of the process for as long as a server of the
   * tenant does not answer.
   */
  private async resolve(hostname: string): Promise<readonly LookupAddress[]> {
    const resolver = new Resolver(RESOLVE);
    if (this.config.dnsServers.length > 0) resolver.setServers(this.config.dnsServers);
    const [v4, v6] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
    if (v4.status === 'rejected' && v6.status === 'rejected') throw v4.reason;
    const addresses = (found: PromiseSettledResult<string[]>, family: number): LookupAddress[] =>
      found.status === 'rejected' ? [] : found.value.map((address) => ({ address, family }));
    return [...addresses(v4, 4), ...addresses(v6, 6)];
  }
}

/** The address, if the host of a URL is one. */
function addressIn(hostname: string): string | undefined {
  const address = hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(address) === 0 ? undefined : address;
}
