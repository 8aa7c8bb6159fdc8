import { Injectable } from '@nestjs/common';
import type { GuestPort } from '../../../drivers';
import { HostPortsConfig, isInRange } from '../../../drivers/host-ports.config';
import type { AppError } from '../../../platform/errors/app.error';
import { ValidationFailedError } from '../../../platform/errors/service.errors';
import { HostPortOutOfRangeError, HostPortsDisabledError, HostPortTakenError } from './host-port.errors';
import { HostPortsRepository } from './host-ports.repository';

/** Decides whether instances can have the host ports that they request. */
@Injectable()
export class HostPortsService {
  constructor(
    private readonly config: HostPortsConfig,
    private readonly repository: HostPortsRepository,
  ) {}

  /**
   * Checks what does not depend on other instances.
   * @throws {HostPortsDisabledError | HostPortOutOfRangeError | ValidationFailedError}
   */
  check(ports: readonly GuestPort[], count: number): void {
    const { range } = this.config;
    const requested = requestedOf(ports);
    if (requested.length === 0) return;
    if (!range) throw new HostPortsDisabledError();
    const outside = requested.find(({ hostPort }) => !isInRange(hostPort, range));
    if (outside) throw new HostPortOutOfRangeError(outside.hostPort, range);
    if (count > 1) {
      throw new ValidationFailedError([
        { field: 'ports', message: 'hostPort must be absent if count is greater than 1' },
      ]);
    }
  }

  /** Why an instance cannot be created on the host now; undefined if all ports are free. */
  async refusalOf(
    tenantId: string,
    hostId: string,
    ports: readonly GuestPort[],
  ): Promise<AppError | undefined> {
    const requested = requestedOf(ports);
    if (requested.length === 0) return undefined;
    const taken = await this.repository.firstTaken(tenantId, hostId, requested);
    return taken && new HostPortTakenError(taken);
  }
}

function requestedOf(ports: readonly GuestPort[]): readonly Required<GuestPort>[] {
  return ports.flatMap(({ hostPort, ...port }) => (hostPort === undefined ? [] : [{ ...port, hostPort }]));
}
