import { Injectable } from '@nestjs/common';
import { TooManyWaitsError } from '../common/errors/wait.errors';
import { FairGate, NoRoomError } from '../common/fair-gate';
import { Database, type Statement } from './database';

/** The embedded database runs one statement at a time, and others must not wait behind several pages. */
const AT_ONCE = { embedded: 1, postgres: 4 };
const MAX_WAITING = 1000;

/**
 * Reads of whole pages, which take connections, memory and processor time. A few run at once and tenants take turns,
 * so that one tenant's lists do not delay the requests of others.
 */
@Injectable()
export class PageReads {
  private readonly gate: FairGate;

  constructor(private readonly database: Database) {
    this.gate = new FairGate(AT_ONCE[database.kind], MAX_WAITING);
  }

  /** @throws {TooManyWaitsError} if too many reads of this tenant, or of all, wait. */
  async query<Row>(tenantId: string, statement: Statement): Promise<readonly Row[]> {
    const { signal } = new AbortController();
    try {
      return await this.gate.run(tenantId, signal, () => this.database.query<Row>(statement));
    } catch (error) {
      throw error instanceof NoRoomError ? new TooManyWaitsError() : error;
    }
  }
}
