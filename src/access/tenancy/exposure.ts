import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DRIVER_PLUGINS } from '../../drivers';
import { DriversConfig } from '../../drivers/drivers.config';
import { Configuration } from '../../platform/config';
import { TenancyConfig } from './tenancy.config';

/** Drivers whose guests can reach ports of this host, if the API requires no credentials. */
export function exposedTo(configuration: Configuration): readonly string[] {
  const { auth } = configuration.get(TenancyConfig);
  if (auth.mode !== 'gateway' || auth.gatewayToken) return [];
  const inUse = new Set(Object.values(configuration.get(DriversConfig)));
  return DRIVER_PLUGINS.filter(({ kind }) => inUse.has(kind))
    .filter((plugin) => plugin.reachesHost(configuration))
    .map(({ kind }) => kind);
}

/** Warns at start if guests of one tenant can act as any other tenant. */
@Injectable()
export class Exposure implements OnApplicationBootstrap {
  private readonly logger = new Logger('Tenancy');

  constructor(private readonly configuration: Configuration) {}

  onApplicationBootstrap(): void {
    const drivers = exposedTo(this.configuration);
    if (drivers.length === 0) return;
    this.logger.warn(
      { drivers },
      'guests can reach this API at an address of the host and act as any tenant: set GATEWAY_TOKEN or AUTH_MODE=jwt',
    );
  }
}
