import { Client, type ApiResponse } from './client';
import type { Peer } from './peers/peer';

export interface PeerCall {
  /** If absent, no tenant header is sent. */
  readonly tenantId?: string;
  /** Strings are sent as they are, other values as JSON. */
  readonly body?: unknown;
}

/** Sends one request to a platform service, e.g. `POST /api/v1/storage/volumes`, as its clients would. */
export function callPeer<T>(
  peer: Peer,
  line: `${string} /${string}`,
  { tenantId, body }: PeerCall = {},
): Promise<ApiResponse<T>> {
  const [method = '', path = ''] = line.split(' ');
  return new Client(peer.url, '').request<T>(path, {
    method,
    headers: {
      // A kept connection may be one that the peer, or an earlier peer on this port, is closing.
      Connection: 'close',
      'Content-Type': 'application/json',
      ...(tenantId !== undefined && { 'X-Tenant-ID': tenantId }),
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}
