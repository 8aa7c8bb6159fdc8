import { Client, type Answer } from './client';
import type { Peer } from './peers/peer';

export interface PeerCall {
  /** Absent: no such header is sent. */
  readonly tenantId?: string;
  /** A string is sent as it is, all else as JSON. */
  readonly body?: unknown;
}

/** One request to a neighbour, e.g. `POST /api/v1/storage/volumes`, as whoever uses it would send it. */
export function callPeer<T>(
  peer: Peer,
  line: `${string} /${string}`,
  { tenantId, body }: PeerCall = {},
): Promise<Answer<T>> {
  const [method = '', path = ''] = line.split(' ');
  return new Client(peer.url, '').request<T>(path, {
    method,
    headers: {
      // A kept connection may be one that the peer, or an earlier peer at this port, is just closing.
      Connection: 'close',
      'Content-Type': 'application/json',
      ...(tenantId !== undefined && { 'X-Tenant-ID': tenantId }),
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}
