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

  it('is unknown until everything was compared, then held until it is lost', () => {
    expect(contacts.of(driver).state).toBe('unknown');
    expect(contacts.compared(driver, contacts.of(driver))).toBeUndefined();
    expect(contacts.of(driver).state).toBe('held');
    contacts.lost(driver);
    expect(contacts.of(driver).state).toBe('lost');
    expect(contacts.compared(driver, contacts.of(driver))).toBeGreaterThanOrEqual(0);
    expect(contacts.of(driver).state).toBe('held');
    expect(contacts.compared(driver, contacts.of(driver))).toBeUndefined();
  });

  it.each(['unknown', 'held', 'lost'])(
    'is not held after a comparison during which it was lost: %s before',
    (before) => {
      if (before !== 'unknown') contacts.compared(driver, contacts.of(driver));
      if (before === 'lost') contacts.lost(driver);
      const atBegin = contacts.of(driver);
      contacts.lost(driver);
      expect(contacts.compared(driver, atBegin)).toBeUndefined();
      expect(contacts.of(driver).state).toBe(before === 'unknown' ? 'unknown' : 'lost');
    },
  );

  it('was lost when it was lost first', () => {
    contacts.compared(driver, contacts.of(driver));
    contacts.lost(driver);
    const { lostAt } = contacts.of(driver);
    contacts.lost(driver);
    expect(contacts.of(driver).lostAt).toBe(lostAt);
  });

  it('is always held for an engine that is never compared', () => {
    const simple = aDriver({});
    contacts.lost(simple);
    expect(contacts.of(simple).state).toBe('held');
  });
});
