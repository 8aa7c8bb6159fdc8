import type { ServerResponse } from 'node:http';
import { GroupCounts } from '../../values/group-counts';
import { TooManyUnreadResponsesError } from '../http.errors';

/** Maximum bytes of large responses that clients have not read yet, in this process: in total and per tenant. */
const MAX_UNREAD_BYTES = 256 * 1024 * 1024;
const MAX_UNREAD_BYTES_OF_TENANT = MAX_UNREAD_BYTES / 10;
const LARGE_BYTES = 64 * 1024;
/** Longer than the largest response takes at 2 Mbit/s; slower clients are disconnected. */
const LONGEST_MS = 120_000;

/** Limits the memory used by responses that slow clients have not read yet. */
export class UnreadResponses {
  private readonly tenants = new GroupCounts();
  private total = 0;

  /**
   * Counts a response until it is closed. A tenant's first response may exceed the tenant limit.
   * @throws {TooManyUnreadResponsesError}
   */
  begin(tenantId: string, bytes: number, response: ServerResponse): void {
    // If the client is already gone, `close` has been emitted and would not decrease the count.
    if (bytes < LARGE_BYTES || response.closed) return;
    this.assertRoom(tenantId, bytes);
    this.add(tenantId, bytes);
    const late = setTimeout(() => response.destroy(), LONGEST_MS).unref();
    response.once('close', () => {
      clearTimeout(late);
      this.add(tenantId, -bytes);
    });
  }

  /** @throws {TooManyUnreadResponsesError} if a response of this size would be rejected. */
  assertRoom(tenantId: string, bytes: number): void {
    if (bytes < LARGE_BYTES) return;
    const ofTenant = this.tenants.of(tenantId);
    const isTooMuch = ofTenant > 0 && ofTenant + bytes > MAX_UNREAD_BYTES_OF_TENANT;
    if (isTooMuch || this.total + bytes > MAX_UNREAD_BYTES) throw new TooManyUnreadResponsesError();
  }

  private add(tenantId: string, bytes: number): void {
    this.total += bytes;
    this.tenants.add(tenantId, bytes);
  }
}
