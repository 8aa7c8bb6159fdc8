import type { DriverResult, PublishedPort } from '../../port/driver-call';
import { WITH_AGENT } from '../agent/guest-agents';
import type { InstanceDirectory } from '../files/instance-directory';

/** The result of a call for a machine that exists. */
export async function resultOf(
  directory: InstanceDirectory,
  host: string | undefined,
  ports: readonly PublishedPort[],
): Promise<DriverResult> {
  const state = await directory.readState();
  const data = { ...(host !== undefined && { host }), ...(state?.hasAgent === true && WITH_AGENT) };
  return { handle: { v: 1, data }, ...(ports.length > 0 && { ports }) };
}
