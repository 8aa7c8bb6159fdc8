import type { Abilities, ComputeDriver } from '../../../drivers';
import { EngineContacts } from './engine-contacts';

const unused = (): never => {
  throw new Error('not called');
};
const inventory = { list: unused, discard: unused };

function aDriver(abilities: Abilities): ComputeDriver {
  return {
    kind: 'scripted',
    capabilities: { types: ['vm'], images: 'ignored' },
    abilities,
    ...{ fingerprint: unused, create: unused, start: unused, stop: unused, destroy: unused, inspect: unused },
  };
}

describe('the contact with an engine', () => {
  const driver = aDriver({ inventory });
  let contacts: EngineContacts;
  beforeEach(() => {
    contacts = new EngineContacts();
  });

  const compared = (unseen: readonly string[] = []): void =>
    contacts.compared(driver, contacts.of(driver), unseen);
  const states = (): readonly string[] => ['one', 'two', 'three'].map((id) => contacts.stateOf(driver, id));

  it('is unknown until everything was compared, then held until it is lost', () => {
    expect(contacts.of(driver).state).toBe('unknown');
    compared();
    expect(contacts.of(driver).state).toBe('held');
    contacts.lost(driver);
    expect(contacts.of(driver).state).toBe('lost');
    compared();
    expect(contacts.of(driver).state).toBe('held');
  });

  it.each(['unknown', 'held', 'lost'])(
    'is not held after a comparison during which it was lost: %s before',
    (before) => {
      if (before !== 'unknown') compared();
      if (before === 'lost') contacts.lost(driver);
      const atBegin = contacts.of(driver);
      contacts.lost(driver);
      contacts.compared(driver, atBegin, []);
      expect(contacts.of(driver).state).toBe(before === 'unknown' ? 'unknown' : 'lost');
    },
  );

  it('was lost when it was lost first, until that is stored', () => {
    expect(contacts.unstoredLossOf(driver)).toBeUndefined();
    contacts.lost(driver);
    const first = contacts.unstoredLossOf(driver);
    contacts.lost(driver);
    expect(contacts.unstoredLossOf(driver)).toBeGreaterThanOrEqual(first ?? Infinity);
    contacts.lossStored(driver);
    expect(contacts.unstoredLossOf(driver)).toBeUndefined();
  });

  it.each(['unknown', 'lost'])('stays %s for an instance until it is observed', (before) => {
    if (before === 'lost') compared();
    contacts.lost(driver);
    compared(['one', 'two', 'three']);
    expect(states()).toEqual([before, before, before]);
    compared(['one', 'two']);
    expect(states()).toEqual([before, before, 'held']);
    contacts.observed(driver, ['two']);
    expect(states()).toEqual([before, 'held', 'held']);
  });

  it('is held for an instance that could not be observed for the first time after it was regained', () => {
    compared();
    compared(['one']);
    expect(states()).toEqual(['held', 'held', 'held']);
  });

  it('is lost for all instances when it is lost again', () => {
    contacts.lost(driver);
    compared(['one']);
    contacts.lost(driver);
    expect(states()).toEqual(['lost', 'lost', 'lost']);
  });

  it('is held for instances beyond a limit', () => {
    const ids = Array.from({ length: 10_001 }, (_, index) => `${index}`);
    compared(ids);
    expect(['9999', '10000'].map((id) => contacts.stateOf(driver, id))).toEqual(['unknown', 'held']);
  });

  it('is always held for an engine that is never compared', () => {
    const simple = aDriver({});
    contacts.lost(simple);
    expect(contacts.of(simple).state).toBe('held');
  });
});
