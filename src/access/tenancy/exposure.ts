import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DockerConfig } from '../../drivers/docker/docker.config';
import { DriversConfig } from '../../drivers/drivers.config';
import { QemuConfig } from '../../drivers/qemu/qemu.config';
import { TenancyConfig, type AuthConfig } from './tenancy.config';

interface Exposing {
  readonly auth: AuthConfig;
  readonly drivers: DriversConfig;
  readonly docker: Pick<DockerConfig, 'network'>;
  readonly qemu: Pick<QemuConfig, 'network'>;
}

/** Drivers whose guests can reach ports of this host, if the API requires no credentials. */
export function exposedTo({ auth, drivers, docker, qemu }: Exposing): readonly string[] {
  if (auth.mode !== 'gateway' || auth.gatewayToken) return [];
  const inUse = new Set(Object.values(drivers));
  const reaching = [
    ...(docker.network === 'none' ? [] : ['docker']),
    ...(qemu.network.kind === 'isolated' ? [] : ['qemu']),
  ];
  return reaching.filter((driver) => inUse.has(driver));
}

/** Warns at start if guests of one tenant can act as any other tenant. */
@Injectable()
export class Exposure implements OnApplicationBootstrap {
  private readonly logger = new Logger('Tenancy');

  constructor(
    private readonly tenancy: TenancyConfig,
    private readonly drivers: DriversConfig,
    private readonly docker: DockerConfig,
    private readonly qemu: QemuConfig,
  ) {}

  onApplicationBootstrap(): void {
    const drivers = exposedTo({
      auth: this.tenancy.auth,
      drivers: this.drivers,
      docker: this.docker,
      qemu: this.qemu,
    });
    if (drivers.length === 0) return;
    this.logger.warn(
      { drivers },
      'guests can reach this API at an address of the host and act as any tenant: set GATEWAY_TOKEN or AUTH_MODE=jwt',
    );
  }
}
