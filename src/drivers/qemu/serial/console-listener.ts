import { once } from 'node:events';
import { chmod, chown, open, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { raceAbort } from '../../../platform/async/timeout';
import { CONSOLE_SOCKET, type InstanceDirectory, type UnixUser } from '../files/instance-directory';

/**
 * Lets the QEMU process of a machine connect once. The socket is in the directory that only the service writes, so that
 * a guest that escapes its emulator cannot put another file in its place.
 * @param owner the user that QEMU runs as, if it is not the user of the service
 * @param request makes QEMU connect
 */
export async function acceptFrom(
  directory: InstanceDirectory,
  owner: UnixUser | undefined,
  request: () => Promise<void>,
  signal: AbortSignal,
): Promise<Socket> {
  const server = createServer();
  server.maxConnections = 1;
  // If a connection cannot be accepted, the signal ends the wait for it.
  server.on('error', () => undefined);
  const connection = new Promise<Socket>((resolve) => server.once('connection', resolve));
  const parent = await open(directory.path);
  // Short, because a socket address is limited to 107 bytes.
  const path = `/proc/self/fd/${parent.fd}/${CONSOLE_SOCKET}`;
  try {
    await rm(path, { force: true });
    const listening = once(server, 'listening', { signal });
    server.listen(path);
    await listening;
    await chmod(path, 0o600);
    if (owner) await chown(path, owner.uid, owner.gid);
    await request();
    return await raceAbort(connection, signal);
  } catch (error) {
    void connection.then((socket) => socket.destroy());
    throw error;
  } finally {
    // Removes the socket file, so the directory is closed after it.
    server.close();
    await parent.close();
  }
}
