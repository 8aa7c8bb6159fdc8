import { isRecord } from '../../../platform/values/records';
import { DriverError, RestartRequiredError } from '../../port/driver-call';
import type { Resources } from '../../port/resources';
import { DISK } from '../machine/qemu.arguments';
import { QmpError, type QmpExecute } from './qmp.client';

const GIB = 1024 ** 3;

/** Properties of a processor that is not plugged in. */
interface Socket {
  readonly type: string;
  readonly props: Readonly<Record<string, unknown>>;
}

interface Missing {
  /** One for each processor to add. */
  readonly sockets: readonly Socket[];
  readonly memoryBytes: number;
  readonly diskBytes: { readonly before: number; readonly after: number } | undefined;
}

/**
 * Adds processors, memory and disk space to a running machine, as far as they are missing. What can be refused comes
 * first and can be undone; processors cannot be removed again.
 * @throws {RestartRequiredError} if the machine was not started for this size, or would have to shrink
 */
export async function growMachine(execute: QmpExecute, to: Resources): Promise<void> {
  const { sockets, memoryBytes, diskBytes } = await missingOf(execute, to);
  const memory = await backMemory(execute, memoryBytes, to.ramGB);
  try {
    if (diskBytes) await resizeDisk(execute, diskBytes.after);
    if (memory !== undefined) {
      await restartIfRefused(
        execute('device_add', { driver: 'pc-dimm', id: `dimm-${memory}`, memdev: memory }),
      );
    }
  } catch (error) {
    // A failed undo must not hide the error. The guest has not seen the disk grow for long enough to use it.
    if (diskBytes) await resizeDisk(execute, diskBytes.before).catch(() => undefined);
    if (memory !== undefined) await execute('object-del', { id: memory }).catch(() => undefined);
    throw error;
  }
  for (const { type, props } of sockets) {
    const id = `cpu-${Object.values(props).join('-')}`;
    await execute('device_add', { driver: type, id, ...props });
  }
}

async function missingOf(execute: QmpExecute, to: Resources): Promise<Missing> {
  const all = recordsOf(await execute('query-hotpluggable-cpus'));
  const free = all.filter((each) => each['qom-path'] === undefined);
  const more = to.vcpus - (all.length - free.length);
  if (more < 0)
    throw new RestartRequiredError('Virtual CPUs can be removed only while the instance is stopped');
  if (more > free.length) throw tooLargeToGrow(`${all.length} virtual CPUs`);
  const summary = await execute('query-memory-size-summary');
  const memory = to.ramGB * GIB - (numberIn(summary, 'base-memory') + numberIn(summary, 'plugged-memory'));
  if (memory < 0) throw new RestartRequiredError('Memory can be removed only while the instance is stopped');
  const nodes = recordsOf(await execute('query-named-block-nodes', { flat: true }));
  const before = numberIn(nodes.find((node) => node['node-name'] === DISK)?.['image'], 'virtual-size');
  const after = to.diskGB * GIB;
  return {
    // QEMU lists the last socket first; guests expect them in order.
    sockets: free.toReversed().slice(0, more).map(toSocket),
    memoryBytes: memory,
    diskBytes: after > before ? { before, after } : undefined,
  };
}

/** @returns the id of the memory; undefined if none is missing */
async function backMemory(execute: QmpExecute, size: number, totalGB: number): Promise<string | undefined> {
  if (size === 0) return undefined;
  const id = `memory-${totalGB}`;
  // An earlier attempt may have been interrupted before it used the memory.
  await execute('object-del', { id }).catch((error: unknown) => {
    if (!(error instanceof QmpError)) throw error;
  });
  try {
    await execute('object-add', { 'qom-type': 'memory-backend-ram', id, size });
  } catch (error) {
    if (!(error instanceof QmpError)) throw error;
    throw new DriverError('The host does not have enough free memory', { retryable: true, cause: error });
  }
  return id;
}

async function resizeDisk(execute: QmpExecute, size: number): Promise<void> {
  await execute('block_resize', { 'node-name': DISK, size });
}

async function restartIfRefused(plugging: Promise<unknown>): Promise<void> {
  try {
    await plugging;
  } catch (error) {
    if (error instanceof QmpError) throw tooLargeToGrow('less memory');
    throw error;
  }
}

function tooLargeToGrow(limit: string): RestartRequiredError {
  return new RestartRequiredError(`The virtual machine was started for at most ${limit}`);
}

function toSocket({ type, props }: Readonly<Record<string, unknown>>): Socket {
  if (typeof type === 'string' && isRecord(props)) return { type, props };
  throw new DriverError('QEMU described its processors in an unknown way', { retryable: false });
}

function recordsOf(answer: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(answer) ? answer.filter(isRecord) : [];
}

/** @throws {DriverError} if it is missing: an unknown size must not count as 0 */
function numberIn(answer: unknown, name: string): number {
  const value = isRecord(answer) ? answer[name] : undefined;
  if (typeof value === 'number') return value;
  throw new DriverError(`QEMU did not report ${name}`, { retryable: true });
}
