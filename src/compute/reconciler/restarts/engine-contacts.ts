import { Injectable } from '@nestjs/common';
import type { ComputeDriver } from '../../../drivers';
import type { EngineContact } from './restart-decision';

export interface Contact {
  readonly state: EngineContact;
}

const UNKNOWN: Contact = { state: 'unknown' };
/** Instances of an engine that are remembered because they could not be observed; the others count as observed. */
const MOST_UNSEEN = 10_000;

/** Whether this process has been in contact with each engine: what stops without it may have stopped with the host. */
@Injectable()
export class EngineContacts {
  private readonly contacts = new Map<string, Contact>();
  /** By engine, the instances not observed since the contact was regained, and what it was before. */
  private readonly unseen = new Map<string, Map<string, EngineContact>>();
  /** When the contact was lost, in milliseconds since this process started, until that is stored. */
  private readonly unstored = new Map<string, number>();

  /** An engine that does not list its instances is never compared, so its own reports are all there is. */
  of({ kind, abilities }: ComputeDriver): Contact {
    return abilities.inventory ? (this.contacts.get(kind) ?? UNKNOWN) : { state: 'held' };
  }

  /** The same for one instance: regained only when the instance itself has been observed. */
  stateOf(driver: ComputeDriver, id: string): EngineContact {
    const { state } = this.of(driver);
    return state === 'held' ? (this.unseen.get(driver.kind)?.get(id) ?? state) : state;
  }

  lost(driver: ComputeDriver): void {
    const { kind } = driver;
    const { state } = this.of(driver);
    // A new object in any case: a comparison that began before this proves nothing.
    this.contacts.set(kind, { state: state === 'unknown' ? state : 'lost' });
    if (!this.unstored.has(kind)) this.unstored.set(kind, performance.now());
  }

  /** How long ago the contact was lost, in milliseconds; undefined if that is stored. */
  unstoredLossOf({ kind }: ComputeDriver): number | undefined {
    const lostAt = this.unstored.get(kind);
    return lostAt === undefined ? undefined : performance.now() - lostAt;
  }

  lossStored({ kind }: ComputeDriver): void {
    this.unstored.delete(kind);
  }

  /** Everything at the engine has been compared, which began in contact `before`, apart from the `unseen` instances. */
  compared(driver: ComputeDriver, before: Contact, unseen: readonly string[]): void {
    if (this.of(driver) !== before) return;
    const { kind } = driver;
    const earlier = this.unseen.get(kind);
    const kept = unseen.flatMap((id): readonly [string, EngineContact][] => {
      const state = before.state === 'held' ? earlier?.get(id) : before.state;
      return state === undefined ? [] : [[id, state]];
    });
    this.unseen.set(kind, new Map(kept.slice(0, MOST_UNSEEN)));
    this.contacts.set(kind, { state: 'held' });
  }

  /** These instances were observed one by one. */
  observed({ kind }: ComputeDriver, ids: Iterable<string>): void {
    const unseen = this.unseen.get(kind);
    if (unseen) for (const id of ids) unseen.delete(id);
  }
}
