import { DriverError, type Ending, type Observation } from '../../port/driver-call';
import type { InstanceState } from './instance-state';

/** The process was started and waits; it is so for a moment at each start. */
export const HELD = 'prelaunch';

/** States in which a guest runs, or will run without further commands. */
export const RUNNING = new Set([
  'running',
  HELD,
  'suspended',
  'debug',
  'restore-vm',
  'save-vm',
  'postmigrate',
]);

/** The guest was stopped by a command; another one resumes it. */
export const PAUSED = 'paused';

/** Reasons for QEMU's run states in which the guest has failed. */
const FAILURES: Readonly<Record<string, string>> = {
  'io-error': 'its disk could not be read or written; the disk of the host may be full',
  'internal-error': 'the emulator paused the guest after an internal error',
  'guest-panicked': 'the operating system of the guest crashed',
};

/** Reason of a shutdown that the guest initiated. */
export const ITSELF = 'the guest shut down';

/** Explains why QEMU failed to start, from its exit status and last log line. */
export function startFailure(ended: string | undefined, lastLine: string): DriverError {
  if (ended === 'missing') return new DriverError('QEMU is not installed', { retryable: true });
  if (/cannot (allocate|set up guest) memory/i.test(lastLine)) {
    return new DriverError('The host does not have enough free memory', { retryable: true });
  }
  if (/could not (open|load kernel|load initrd)\b.*no such file/i.test(lastLine)) {
    return new DriverError('A file that the virtual machine needs is missing on this host', {
      retryable: false,
    });
  }
  return new DriverError(`QEMU did not start (${lastLine === '' ? ended : lastLine})`, { retryable: true });
}

export function endedAs(reason: string, ending: Ending): Observation {
  return { presence: 'present', power: 'stopped', reason, ending };
}

/** Maps QEMU's run state to an observation. */
export function observationOf(status: string, { isWanted }: InstanceState): Observation {
  if (RUNNING.has(status)) return { presence: 'present', power: 'running' };
  if (status === PAUSED) return { presence: 'present', power: 'paused' };
  if (status === 'shutdown')
    return isWanted
      ? endedAs(ITSELF, { isFailure: false, isHostRestarted: false })
      : { presence: 'present', power: 'stopped' };
  const reason = FAILURES[status] ?? `the virtual machine is in state ${status}`;
  return { presence: 'present', power: 'failed', reason };
}
