import type { InstanceSpec } from '../../port/driver-call';
import type { RotatingLog } from '../files/rotating-log';
import type { InstanceState } from './instance-state';

/** The position that later probes of the console begin at, for a machine that is about to start. */
export async function consoleMark(
  console: RotatingLog,
  { guest }: InstanceSpec,
): Promise<Pick<InstanceState, 'consoleFrom'>> {
  if (guest.readiness?.kind !== 'serial') return {};
  const end = await console.end();
  return end ? { consoleFrom: { file: String(end.file), offset: end.offset } } : {};
}
