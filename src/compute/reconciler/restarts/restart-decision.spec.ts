import type { Ending } from '../../../drivers';
import {
  decideRestart,
  type EngineContact,
  type RestartDecision,
  type RestartState,
} from './restart-decision';

const FIRST_MS = 1000;
const NEVER: RestartState = {
  autostart: false,
  restartPolicy: { condition: 'never', maxRestarts: 5 },
  restarts: 0,
  secondsSinceRestart: null,
};
const ON_FAILURE: RestartState = { ...NEVER, restartPolicy: { condition: 'on-failure', maxRestarts: 3 } };

const STATES = {
  neither: NEVER,
  autostart: { ...NEVER, autostart: true },
  'on-failure': ON_FAILURE,
  both: { ...ON_FAILURE, autostart: true },
} as const;
const CONTACTS: readonly EngineContact[] = ['held', 'lost', 'unknown'];
const ENDINGS: readonly (Ending | undefined)[] = [
  undefined,
  ...[true, false].flatMap((isFailure) => [
    { isFailure },
    { isFailure, isHostRestarted: true },
    { isFailure, isHostRestarted: false },
  ]),
];

const CASES = Object.entries(STATES).flatMap(([name, state]) =>
  CONTACTS.flatMap((contact) => ENDINGS.map((ending) => ({ name, state, contact, ending }))),
);

type Kind = 'autostart' | 'policy' | 'nothing';

function kindOf({ delayMs, note }: RestartDecision): Kind {
  if (delayMs === null) return 'nothing';
  return note?.startsWith('autostart') === true ? 'autostart' : 'policy';
}

/** Written independently of the decision, so that mistakes in it are detected. */
function expectedKind({ state, contact, ending }: (typeof CASES)[number]): Kind {
  const hasPolicy = state.restartPolicy.condition === 'on-failure';
  const whose =
    ending?.isHostRestarted === undefined
      ? { held: 'guest', lost: 'host', unknown: 'unclear' }[contact]
      : ending.isHostRestarted
        ? 'host'
        : 'guest';
  if (whose !== 'guest' && state.autostart) return 'autostart';
  return whose !== 'host' && hasPolicy && ending?.isFailure === true ? 'policy' : 'nothing';
}

describe('an instance that stopped without a request', () => {
  it.each(CASES)('with $name, $contact contact and ending $ending', (given) => {
    const { state, contact, ending } = given;
    expect(kindOf(decideRestart(state, { contact, ending }, FIRST_MS))).toBe(expectedKind(given));
  });

  const failed = (state: Partial<RestartState>, firstMs = FIRST_MS): RestartDecision => {
    const ending = { isFailure: true };
    return decideRestart({ ...ON_FAILURE, ...state }, { contact: 'held', ending }, firstMs);
  };

  it.each([
    [0, 1000],
    [1, 2000],
    [2, 4000],
    [5, 32_000],
    [6, 60_000],
    [99, 60_000],
  ])('waits after %i restarts in a row for %i ms', (restarts, delayMs) => {
    const restartPolicy = { condition: 'on-failure', maxRestarts: 100 } as const;
    const decision = failed({ restarts, secondsSinceRestart: 1, restartPolicy });
    expect(decision).toEqual({
      delayMs,
      restarts: restarts + 1,
      note: `restart ${restarts + 1} of 100 after ${delayMs / 1000} s`,
      isGivenUp: false,
    });
  });

  it('waits for a shorter time if the setting says so', () => {
    expect(failed({ restarts: 2, secondsSinceRestart: 1 }, 50)).toMatchObject({
      delayMs: 200,
      note: 'restart 3 of 3 after 0.2 s',
    });
  });

  it.each([
    [3, 3, 'given up after 3 restarts in a row'],
    [1, 1, 'given up after 1 restart in a row'],
    // The policy was changed meanwhile.
    [4, 2, 'given up after 4 restarts in a row'],
  ])('is given up after %i restarts of at most %i', (restarts, maxRestarts, note) => {
    const restartPolicy = { condition: 'on-failure', maxRestarts } as const;
    expect(failed({ restarts, secondsSinceRestart: 599, restartPolicy })).toEqual({
      delayMs: null,
      restarts,
      note,
      isGivenUp: true,
    });
  });

  it('counts anew after it ran for ten minutes', () => {
    expect(failed({ restarts: 3, secondsSinceRestart: 600 })).toMatchObject({ delayMs: 1000, restarts: 1 });
  });

  it('counts anew after an end that is no failure, and after a restart of its host', () => {
    const state = { ...STATES.both, restarts: 3, secondsSinceRestart: 1 };
    const exited = { contact: 'held', ending: { isFailure: false } } as const;
    expect(decideRestart(state, exited, FIRST_MS)).toMatchObject({ restarts: 0, isGivenUp: false });
    const rebooted = { contact: 'lost', ending: { isFailure: true } } as const;
    expect(decideRestart(state, rebooted, FIRST_MS)).toMatchObject({ delayMs: 0, restarts: 0 });
  });
});
