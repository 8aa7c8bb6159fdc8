import type { GuestAddress, Observation, PublishedPort, PowerState } from '../../drivers';
import {
  decide,
  SETTLED_STATUSES,
  UNKNOWN_TO_ENGINE,
  type Observed,
  type SettledStatus,
  type StoredState,
} from './reconciliation';

const WHY = 'start failed: the engine cannot be reached';
const NOW = 1_767_225_600;
const EARLIER = NOW - 60;

const ADDRESS: GuestAddress = {
  ...{ address: '172.18.0.2', family: 'ipv4' },
  ...{ network: 'uim-a', mac: '02:42:ac:12:00:02' },
};

const RUNNING: StoredState = {
  ...{
    status: 'running',
    isCounted: true,
    statusReason: null,
    observed: null,
    ports: [],
    addresses: [],
    run: null,
  },
};
const FAILED: StoredState = { ...RUNNING, status: 'error', isCounted: false };

const SAYINGS: Readonly<Record<PowerState, Observation>> = {
  running: { presence: 'present', power: 'running' },
  paused: { presence: 'present', power: 'paused' },
  stopped: { presence: 'present', power: 'stopped', reason: 'exited with code 3' },
  failed: { presence: 'present', power: 'failed', reason: 'no such image' },
  absent: { presence: 'absent' },
};
const WORDS = ['running', 'paused', 'stopped', 'failed', 'absent'] as const;

interface Case {
  readonly status: SettledStatus;
  readonly isCounted: boolean;
  readonly wasLost: boolean;
  readonly word: PowerState;
}

const CASES: readonly Case[] = SETTLED_STATUSES.flatMap((status) =>
  WORDS.flatMap((word) =>
    [true, false].flatMap((isCounted) =>
      [true, false].map((wasLost) => ({ status, isCounted, wasLost, word })),
    ),
  ),
);

/** Written independently of the table, so that mistakes in it are detected. */
function expectedMove({
  status,
  isCounted,
  wasLost,
  word,
}: Case): [SettledStatus, string | null] | undefined {
  switch (`${status} ${word}` as const) {
    case 'running paused':
    case 'stopped paused':
      return ['paused', null];
    case 'error paused':
      return isCounted ? ['paused', null] : undefined;
    case 'running stopped':
    case 'paused stopped':
      return ['stopped', 'exited with code 3'];
    case 'running failed':
    case 'paused failed':
    case 'stopped failed':
      return ['error', 'no such image'];
    case 'running absent':
    case 'paused absent':
    case 'stopped absent':
      return ['error', UNKNOWN_TO_ENGINE];
    case 'paused running':
    case 'stopped running':
      return ['running', null];
    case 'error running':
      return isCounted ? ['running', null] : undefined;
    case 'error stopped':
      if (!isCounted) return undefined;
      return ['stopped', wasLost ? 'exited with code 3' : WHY];
    case 'running running':
    case 'paused paused':
    case 'stopped stopped':
    case 'error failed':
    case 'error absent':
      return undefined;
  }
}

describe('judge', () => {
  it.each(CASES)(
    'handles $status (counted: $isCounted, lost before: $wasLost) when the engine reports $word',
    (given) => {
      const { status, isCounted, wasLost, word } = given;
      const observed: Observed = { presence: 'absent', ...(wasLost && { lost: true }), at: EARLIER };
      const expected = expectedMove(given);

      const { move, observed: written } = decide(
        { status, isCounted, statusReason: WHY, observed, ports: [], addresses: [], run: null },
        SAYINGS[word],
        NOW,
      );

      const ports = expected?.[0] === 'running' || expected?.[0] === 'paused' ? undefined : [];
      expect(move).toEqual(expected && { to: expected[0], reason: expected[1], ports, addresses: ports });
      const isLost = expected ? expected[0] === 'error' : status === 'error' && wasLost;
      const isNews = word !== 'absent' || isLost !== wasLost;
      expect(written).toEqual(
        isNews ? { ...SAYINGS[word], ...(isLost && { lost: true }), at: NOW } : undefined,
      );
    },
  );

  it.each(WORDS)('writes %s only if it differs from the last observation', (word) => {
    const first = decide({ ...FAILED, observed: null }, SAYINGS[word], EARLIER);
    const { observed = null } = first;
    expect(observed).toEqual({ ...SAYINGS[word], at: EARLIER });

    expect(decide({ ...FAILED, observed }, SAYINGS[word], NOW).observed).toBeUndefined();
  });

  it('writes an observation with a different reason', () => {
    const observed = { presence: 'present', power: 'failed', reason: 'no such disk', at: EARLIER } as const;

    const decision = decide({ ...FAILED, isCounted: true, observed }, SAYINGS.failed, NOW);

    expect(decision.observed).toEqual({ ...SAYINGS.failed, at: NOW });
  });

  it('uses a default reason if the engine gives none for a stop', () => {
    const silent: Observation = { presence: 'present', power: 'stopped' };

    const { move } = decide(RUNNING, silent, NOW);

    expect(move).toEqual({ to: 'stopped', reason: 'it stopped unexpectedly', ports: [], addresses: [] });
  });

  it('takes ports and addresses from the engine, and leaves them out of the stored observation', () => {
    const ports = [{ port: 80, protocol: 'tcp', address: '127.0.0.1', hostPort: 4000 }] as const;
    const reported: Observation = { presence: 'present', power: 'running', ports, addresses: [ADDRESS] };
    expect(decide({ ...RUNNING, status: 'stopped' }, reported, NOW)).toEqual({
      move: { to: 'running', reason: null, ports, addresses: [ADDRESS] },
      observed: { presence: 'present', power: 'running', at: NOW },
    });
  });

  it('updates the ports of a running instance when the engine publishes other ones', () => {
    const before = [{ port: 80, protocol: 'tcp', address: '127.0.0.1', hostPort: 4000 }] as const;
    const after = [{ port: 80, protocol: 'tcp', address: '127.0.0.1', hostPort: 4001 }] as const;
    const stored: StoredState = {
      ...{ ...RUNNING, statusReason: 'as before', ports: before, addresses: [ADDRESS] },
      observed: { presence: 'present', power: 'running', at: EARLIER },
    };
    const reported = (ports: readonly PublishedPort[]): Observation => ({
      ...{ presence: 'present', power: 'running' },
      ports,
    });

    expect(decide(stored, reported(after), NOW).move).toEqual({
      ...{ to: 'running', reason: 'as before', ports: after },
    });
    expect(decide(stored, reported([]), NOW).move).toMatchObject({ ports: [] });
    expect(decide(stored, reported(before), NOW).move).toBeUndefined();
    expect(decide(stored, SAYINGS.running, NOW).move).toBeUndefined();
    expect(decide({ ...stored, status: 'stopped' }, SAYINGS.stopped, NOW).move).toBeUndefined();
  });

  it('updates the addresses of a running instance when the engine reports other ones', () => {
    const stored: StoredState = {
      ...{ ...RUNNING, addresses: [ADDRESS] },
      observed: { presence: 'present', power: 'running', at: EARLIER },
    };
    const moveFor = (addresses: readonly GuestAddress[]) =>
      decide(stored, { presence: 'present', power: 'running', addresses }, NOW).move;

    const moved = { ...ADDRESS, address: '172.18.0.3' };
    expect(moveFor([moved])).toEqual({ to: 'running', reason: null, addresses: [moved] });
    expect(moveFor([])).toMatchObject({ addresses: [] });
    expect(moveFor([{ ...ADDRESS, mac: null }])).toBeUndefined();
    expect(decide(stored, SAYINGS.running, NOW).move).toBeUndefined();
  });

  describe('the run of a guest', () => {
    const stored: StoredState = { ...RUNNING, statusReason: 'not ready after 60 s', run: 'first' };
    const reported = (run: string): Observation => ({ presence: 'present', power: 'running', run });

    it('is new if another one was stored, and resets the reason', () => {
      const { move, run } = decide(stored, reported('second'), NOW);
      expect(run).toEqual({ id: 'second', isNew: true });
      expect(move).toEqual({ to: 'running', reason: null });
      expect(decide({ ...stored, status: 'error' }, reported('second'), NOW).run).toEqual(run);
    });

    it('is stored without a move if it was unknown', () => {
      const { move, run } = decide({ ...stored, run: null }, reported('second'), NOW);
      expect(run).toEqual({ id: 'second', isNew: false });
      expect(move).toBeUndefined();
    });

    it.each([
      ['it is the same', stored, reported('first')],
      ['the engine does not report it', stored, SAYINGS.running],
      ['the guest does not run', stored, SAYINGS.stopped],
      ['the creation has failed', FAILED, reported('first')],
    ])('is not stored if %s', (_, before, observation) => {
      expect(decide(before, observation, NOW).run).toBeUndefined();
    });
  });

  it('sanitizes and truncates a reason from a guest', () => {
    const reason = `a\0b\uD800c${'x'.repeat(995)}\u{1F600}${'y'.repeat(5000)}`;
    const failed: Observation = { presence: 'present', power: 'failed', reason };

    const { move } = decide(RUNNING, failed, NOW);

    expect(move).toEqual({ to: 'error', reason: `abc${'x'.repeat(995)}`, ports: [], addresses: [] });
  });
});
