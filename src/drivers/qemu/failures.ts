import { isRecord } from '../../common/records';
import { DriverError } from '../compute-driver.port';
import { QmpError, QmpUnreachableError } from './qmp.client';

/** The code of a failed system call. By shape: an error may be of another realm's class. */
export function codeOf(error: unknown): string | undefined {
  return isRecord(error) && typeof error['code'] === 'string' ? error['code'] : undefined;
}

export function isNoEntry(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

/** Whether it is the machine that does not answer as it should, not the host. */
export function isOfMonitor(error: unknown): boolean {
  return error instanceof QmpUnreachableError || error instanceof QmpError;
}

/** What went wrong, as a sentence without paths. All of it may be gone at the next try. */
export function asDriverError(error: unknown): DriverError {
  if (error instanceof DriverError) return error;
  return new DriverError(sentenceFor(error), { retryable: true, cause: error });
}

function sentenceFor(error: unknown): string {
  if (error instanceof QmpUnreachableError) return 'The virtual machine does not answer its monitor';
  if (error instanceof QmpError) return 'The virtual machine refused a command';
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return "The host's disk is full";
  if (code !== undefined) return `The host could not do it (${code})`;
  return 'The host could not do it';
}
