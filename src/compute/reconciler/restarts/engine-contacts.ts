import { Injectable } from '@nestjs/common';
import type { ComputeDriver } from '../../../drivers';
import type { EngineContact } from './restart-decision';

export interface Contact {
  readonly state: EngineContact;
  /** When it was lost, in milliseconds since this process started. */
  readonly lostAt?: number;
}

const UNKNOWN: Contact = { state: 'unknown' };

/** Whether this process has been in contact with each engine: what stops without it may have stopped with the host. */
@Injectable()
export class EngineContacts {
  private readonly contacts = new Map<string, Contact>();

  /** An engine that does not list its instances is never compared, so its own reports are all there is. */
  of({ kind, abilities }: ComputeDriver): Contact {
    return abilities.inventory ? (this.contacts.get(kind) ?? UNKNOWN) : { state: 'held' };
  }

  lost(driver: ComputeDriver): void {
    const { state, lostAt = performance.now() } = this.of(driver);
    // A new object in any case: a comparison that began before this proves nothing.
    this.contacts.set(driver.kind, state === 'unknown' ? { state } : { state: 'lost', lostAt });
  }

  /**
   * Everything at the engine has been compared, which began in contact `before`.
   * @returns how long ago the contact was lost, in milliseconds; undefined if it was not
   */
  compared(driver: ComputeDriver, before: Contact): number | undefined {
    if (this.of(driver) !== before) return undefined;
    this.contacts.set(driver.kind, { state: 'held' });
    return before.lostAt === undefined ? undefined : performance.now() - before.lostAt;
  }

  /** As if the comparison had not happened. */
  restore({ kind }: ComputeDriver, before: Contact): void {
    this.contacts.set(kind, before);
  }
}
