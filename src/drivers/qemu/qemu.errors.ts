import { isRecord } from '../../platform/values/records';
import { DriverError } from '../port/driver-call';
import { QmpError, QmpUnreachableError } from './qmp/qmp.client';

/** The code of a failed system call. Avoids `instanceof`, because the error may come from another realm. */
export function codeOf(error: unknown): string | undefined {
  return isRecord(error) && typeof error['code'] === 'string' ? error['code'] : undefined;
}

export function isNoEntry(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

/** Whether a machine's monitor caused the error, not the host. */
export function isOfMonitor(error: unknown): boolean {
  return error instanceof QmpUnreachableError || error instanceof QmpError;
}

/** Converts an error to a retryable one whose message contains no paths. */
export function asDriverError(error: unknown): DriverError {
  if (error instanceof DriverError) return error;
  return new DriverError(sentenceFor(error), { retryable: true, cause: error });
}

function sentenceFor(error: unknown): string {
  if (error instanceof QmpUnreachableError) return 'The monitor of the virtual machine does not respond';
  if (error instanceof QmpError) return 'The virtual machine refused a command';
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return "The host's disk is full";
  if (code !== undefined) return `The host reported an error (${code})`;
  return 'The host reported an error';
}

/** Turns rejections into a `DriverError`, except if the signal has aborted. */
export async function inWords<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  try {
    signal.throwIfAborted();
    return await work();
  } catch (error) {
    throw signal.aborted ? error : asDriverError(error);
  }
}
