import type { ServerResponse } from 'node:http';
import { AppError } from '../errors/app.error';
import { GroupCounts } from '../group-counts';

/** Most bytes of large answers, in this process, that clients have not taken yet: of all tenants, and of each. */
const MAX_UNREAD_BYTES = 256 * 1024 * 1024;
const MAX_UNREAD_BYTES_OF_TENANT = MAX_UNREAD_BYTES / 10;
const LARGE_BYTES = 64 * 1024;
/** Longer than the largest answer takes at 2 Mbit/s; whoever has not taken it by then is disconnected. */
const LONGEST_MS = 120_000;

/** Clients read their answers too slowly for the memory of this replica. */
export class TooManyUnreadAnswersError extends AppError {
  constructor() {
    super('unavailable', 'too_many_unread_answers', 'Clients leave too many answers unread here; try again', {
      retryAfterSeconds: 1,
    });
  }
}

/** What clients have asked for and not taken yet: many that read slowly must not fill the memory. */
export class UnreadAnswers {
  private readonly tenants = new GroupCounts();
  private total = 0;

  /**
   * Counts an answer until it is taken. The first one of a tenant is always let through, whatever its size.
   * @throws {TooManyUnreadAnswersError}
   */
  begin(tenantId: string, bytes: number, response: ServerResponse): void {
    // A client that has gone reads nothing, and `close` has been emitted.
    if (bytes < LARGE_BYTES || response.closed) return;
    this.assertRoom(tenantId, bytes);
    this.add(tenantId, bytes);
    const late = setTimeout(() => response.destroy(), LONGEST_MS).unref();
    response.once('close', () => {
      clearTimeout(late);
      this.add(tenantId, -bytes);
    });
  }

  /** @throws {TooManyUnreadAnswersError} if an answer would be refused. */
  assertRoom(tenantId: string, bytes: number): void {
    if (bytes < LARGE_BYTES) return;
    const ofTenant = this.tenants.of(tenantId);
    const isTooMuch = ofTenant > 0 && ofTenant + bytes > MAX_UNREAD_BYTES_OF_TENANT;
    if (isTooMuch || this.total + bytes > MAX_UNREAD_BYTES) throw new TooManyUnreadAnswersError();
  }

  private add(tenantId: string, bytes: number): void {
    this.total += bytes;
    this.tenants.add(tenantId, bytes);
  }
}
