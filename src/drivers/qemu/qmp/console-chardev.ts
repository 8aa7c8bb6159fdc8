import { isRecord } from '../../../platform/values/records';
import { DriverError } from '../../port/driver-call';
import type { RotatingLog } from '../files/rotating-log';
import { CONSOLE, consoleRingBytes } from '../machine/qemu.arguments';
import { QmpError, type QmpExecute } from './qmp.client';

const CHUNK_BYTES = 65_536;

/**
 * What the serial port of the guest is connected to: the ring buffer that it starts with, or the socket of a process of
 * the service that serves sessions. `abandoned`: that process was killed.
 */
export type ConsoleBackend = 'ring' | 'socket' | 'abandoned';

export async function consoleBackend(execute: QmpExecute): Promise<ConsoleBackend> {
  const answer = await execute('query-chardev');
  const devices: readonly unknown[] = Array.isArray(answer) ? answer : [];
  const filename = devices.filter(isRecord).find(({ label }) => label === CONSOLE)?.['filename'];
  if (filename === 'ringbuf') return 'ring';
  return /^(disconnected:|file$)/.test(String(filename)) ? 'abandoned' : 'socket';
}

/**
 * Appends the content of the ring buffer to a file; does nothing while a process serves sessions, because that one
 * writes the file.
 */
export async function drainConsole(
  execute: QmpExecute,
  into: RotatingLog,
  consoleBytes: number,
): Promise<void> {
  try {
    // Bounded, because a guest may print faster than this reads.
    for (let taken = 0; taken <= 2 * consoleBytes; taken += CHUNK_BYTES) {
      const bytes = await readRing(execute);
      if (bytes.length === 0) return;
      await into.append(bytes);
    }
  } catch (error) {
    if (!(error instanceof QmpError)) throw error;
    if ((await consoleBackend(execute)) === 'abandoned') await useRing(execute, consoleBytes);
  }
}

/**
 * Connects the serial port to a Unix socket that this process listens on, after saving the content of the ring.
 * @throws {DriverError} if it is connected to another process
 */
export async function useSocket(
  execute: QmpExecute,
  path: string,
  { into, consoleBytes }: { readonly into: RotatingLog; readonly consoleBytes: number },
): Promise<void> {
  // Puts back the ring of a process that was killed.
  await drainConsole(execute, into, consoleBytes);
  if ((await consoleBackend(execute)) !== 'ring') throw inUse();
  // Sent together: what the guest prints between the two is lost.
  const [rest] = await Promise.all([
    readRing(execute),
    changeTo(execute, {
      type: 'socket',
      data: { addr: { type: 'unix', data: { path } }, server: false },
    }),
  ]);
  await into.append(rest);
}

/**
 * Connects the serial port to an empty ring buffer. QEMU closes the socket that it replaces.
 *
 * If that is full, the serial port waits for it, and QEMU 7 would let it wait forever after a change to a ring buffer,
 * which cannot be waited for. So it is connected to `/dev/null` first, which takes everything: what the guest prints
 * until the second change is lost.
 */
export async function useRing(execute: QmpExecute, consoleBytes: number): Promise<void> {
  await changeTo(execute, { type: 'file', data: { out: '/dev/null' } });
  // Not sent together, so that the serial port can react to the first change.
  await changeTo(execute, { type: 'ringbuf', data: { size: consoleRingBytes(consoleBytes) } });
}

async function changeTo(execute: QmpExecute, backend: Readonly<Record<string, unknown>>): Promise<unknown> {
  return execute('chardev-change', { id: CONSOLE, backend });
}

function inUse(): DriverError {
  return new DriverError('Another process of the service on this host serves the serial console', {
    retryable: true,
  });
}

async function readRing(execute: QmpExecute): Promise<Buffer> {
  const answer = await execute('ringbuf-read', { device: CONSOLE, size: CHUNK_BYTES, format: 'base64' });
  return Buffer.from(typeof answer === 'string' ? answer : '', 'base64');
}
