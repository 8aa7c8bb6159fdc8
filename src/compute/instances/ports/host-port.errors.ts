import type { PortRange } from '../../../drivers/host-ports.config';
import { AppError } from '../../../platform/errors/app.error';
import { defineErrors } from '../../../platform/errors/define-errors';

export const HOST_PORT_ERRORS = defineErrors({
  host_ports_disabled: {
    status: 400,
    example: 'hostPort needs a range of host ports, which is not configured (HOST_PORTS)',
    retryable: false,
    meaning: 'This deployment has no host ports that instances can request.',
    remedy:
      'Omit `hostPort`: the engine then chooses a port, which `ports` shows. Or ask an operator to set `HOST_PORTS`.',
  },
  host_port_out_of_range: {
    status: 400,
    example: 'Host port 8080 is not from 30000 to 32767',
    retryable: false,
    meaning: 'Instances can request host ports from `first` to `last` only.',
    remedy: 'Choose a port in that range, or omit `hostPort`.',
  },
  host_port_taken: {
    status: 409,
    example: 'Host port 30080/tcp is taken',
    retryable: false,
    meaning:
      'Another instance on the same host has this port, even while it is stopped. `instanceId` is present if it is an instance of the same tenant.',
    remedy:
      'Choose another port. If `instanceId` is present, you can delete that instance instead; a port of another tenant is freed only by that tenant.',
  },
});

export class HostPortsDisabledError extends AppError {
  constructor() {
    super(HOST_PORT_ERRORS.host_ports_disabled);
  }
}

export class HostPortOutOfRangeError extends AppError {
  constructor(hostPort: number, { first, last }: PortRange) {
    super(HOST_PORT_ERRORS.host_port_out_of_range, {
      message: `Host port ${hostPort} is not from ${first} to ${last}`,
      extensions: { hostPort, first, last },
    });
  }
}

export interface TakenPort {
  readonly hostPort: number;
  readonly protocol: 'tcp' | 'udp';
  /** Null if it belongs to another tenant. */
  readonly instanceId: string | null;
}

export class HostPortTakenError extends AppError {
  constructor({ hostPort, protocol, instanceId }: TakenPort) {
    const port = `Host port ${hostPort}/${protocol}`;
    super(HOST_PORT_ERRORS.host_port_taken, {
      message:
        instanceId === null
          ? `${port} is taken by an instance of another tenant; choose another port`
          : `${port} is taken by instance ${instanceId}; delete it, or choose another port`,
      extensions: { hostPort, protocol, ...(instanceId !== null && { instanceId }) },
    });
  }
}
