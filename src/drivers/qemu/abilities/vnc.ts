import { once } from 'node:events';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { DriverError } from '../../port/driver-call';
import type { InstanceDirectory } from '../files/instance-directory';
import { codeOf } from '../qemu.errors';

/**
 * Connects to the VNC server of a machine, which is destroyed with the signal.
 * @throws {DriverError} if the machine is not running
 */
export async function connectVnc(directory: InstanceDirectory, signal: AbortSignal): Promise<Duplex> {
  return directory.withSocket('vnc', async (path) => {
    const socket = connect({ path, signal });
    // Readers get errors from the iterator; this handles an abort without a reader.
    socket.on('error', () => undefined);
    try {
      await once(socket, 'connect');
      return socket;
    } catch (error) {
      socket.destroy();
      const code = codeOf(error);
      if (code !== 'ENOENT' && code !== 'ECONNREFUSED') throw error;
      throw new DriverError('The virtual machine is not running', { retryable: false, cause: error });
    }
  });
}
