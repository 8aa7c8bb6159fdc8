import type { InstanceDetails } from 'uim-compute-client';
import { texts } from '../../../../texts';

const t = texts.instance.facts;

/** Host and port, with brackets around an IPv6 address. */
export function endpointOf({
  address,
  hostPort,
}: {
  readonly address: string;
  readonly hostPort: number;
}): string {
  return address.includes(':') ? `[${address}]:${hostPort}` : `${address}:${hostPort}`;
}

export function probeText(readiness: NonNullable<InstanceDetails['readiness']>): string {
  return t.readyWhen(conditionOf(readiness));
}

function conditionOf(readiness: NonNullable<InstanceDetails['readiness']>): string {
  const { kind, port, path = '/', command, text } = readiness;
  if (kind === 'port' && port !== undefined) return t.probe.port(port);
  if (kind === 'http' && port !== undefined) return t.probe.http(port, path);
  if (kind === 'exec' && command !== undefined) return t.probe.exec(command.join(' '));
  if (kind === 'serial' && text !== undefined) return t.probe.serial(text);
  return t.probeUnknown;
}
