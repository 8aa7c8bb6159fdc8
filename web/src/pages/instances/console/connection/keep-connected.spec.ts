import { describe, expect, it } from '@jest/globals';
import { SessionError } from 'uim-compute-client';
import { keepConnected, RETRIES, type Connect, type ConsoleState } from './keep-connected';

interface Attempt {
  readonly connects?: boolean;
  readonly lastsMs?: number;
  readonly error?: Error;
}

const lost = new SessionError(1006, '');

/** Runs attempts one after the other, in a time of its own; returns the states. */
async function run(attempts: readonly Attempt[], isRetried = true): Promise<readonly ConsoleState[]> {
  const states: ConsoleState[] = [];
  const waiting = [...attempts];
  let time = 0;
  const connect: Connect = async (_, onConnected) => {
    const attempt = waiting.shift() ?? {};
    if (attempt.connects !== false) onConnected();
    time += attempt.lastsMs ?? 0;
    if (attempt.error) throw attempt.error;
    return { kind: 'closed' };
  };
  await keepConnected({
    connect,
    isRetried,
    signal: new AbortController().signal,
    onState: (state) => states.push(state),
    sleep: async () => undefined,
    now: () => time,
  });
  return states;
}

const kindsOf = (states: readonly ConsoleState[]): string => states.map(({ kind }) => kind).join(' ');
const delaysOf = (states: readonly ConsoleState[]) =>
  states.flatMap((state) => (state.kind === 'retrying' ? [state.seconds] : []));

describe('connections of consoles', () => {
  it('end when the guest closes the session', async () => {
    expect(kindsOf(await run([{}]))).toBe('connecting connected ended');
  });

  it('are made again with growing delays if they are lost', async () => {
    const states = await run([{ error: lost }, { connects: false, error: new TypeError('refused') }, {}]);
    expect(kindsOf(states)).toBe(
      'connecting connected retrying connecting retrying connecting connected ended',
    );
    expect(delaysOf(states)).toEqual([1, 2]);
  });

  it('are given up after several attempts', async () => {
    const states = await run(Array.from({ length: 10 }, () => ({ error: lost })));
    expect(delaysOf(states)).toHaveLength(RETRIES);
    expect(states.at(-1)).toMatchObject({ kind: 'ended', end: { kind: 'failed', error: lost } });
  });

  it('have all attempts again after a connection that lasted', async () => {
    const states = await run([{ error: lost }, { error: lost, lastsMs: 60_000 }, { error: lost }, {}]);
    expect(delaysOf(states)).toEqual([1, 1, 2]);
  });

  it('are not made again if the service ended them', async () => {
    expect(kindsOf(await run([{ error: new SessionError(1008, 'idle') }]))).toBe(
      'connecting connected ended',
    );
  });

  it('are not made again if the first one failed', async () => {
    const states = await run([{ connects: false, error: new TypeError('refused') }]);
    expect(states.at(-1)).toMatchObject({ end: { wasConnected: false } });
    expect(delaysOf(states)).toEqual([]);
  });

  it('are never made again for commands, which would run twice', async () => {
    expect(kindsOf(await run([{ error: lost }], false))).toBe('connecting connected ended');
  });
});
