import { once, setMaxListeners } from 'node:events';
import { TimeoutError } from '../../../platform/async/timeout';
import { SharedCalls } from './shared-calls';

const STAYS = new AbortController().signal;
const MINUTE = 60_000;

describe('shared calls', () => {
  it('run once for concurrent callers, and again for later ones', async () => {
    const calls = new SharedCalls<number>();
    let made = 0;
    const work = async (): Promise<number> => Promise.resolve(++made);
    const ask = (key: string): Promise<number> =>
      calls.ask({ key, tenantId: 'one', timeoutMs: MINUTE, signal: STAYS, work });
    expect(await Promise.all([ask('a'), ask('a'), ask('b'), ask('a')])).toEqual([1, 1, 2, 1]);
    expect(await ask('a')).toBe(3);
  });

  it('are aborted only when the last caller leaves', async () => {
    const calls = new SharedCalls<string>();
    const signals: AbortSignal[] = [];
    const work = async (signal: AbortSignal): Promise<string> => {
      signals.push(signal);
      await once(signal, 'abort');
      return 'aborted';
    };
    const askers = [new AbortController(), new AbortController()];
    const answers = askers.map(({ signal }) =>
      calls.ask({ key: 'a', tenantId: 'one', timeoutMs: MINUTE, signal, work }),
    );
    const ends = Promise.allSettled(answers);
    askers[0]?.abort(new Error('left'));
    await expect(answers[0]).rejects.toThrow('left');
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    askers[1]?.abort();
    expect((await ends).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('time out even if the work ignores its signal', async () => {
    const calls = new SharedCalls<string>();
    const work = (): Promise<string> => new Promise(() => undefined);
    const ask = calls.ask({ key: 'a', tenantId: 'one', timeoutMs: 10, signal: STAYS, work });
    await expect(ask).rejects.toBeInstanceOf(TimeoutError);
  });

  it('fail for all callers, and are not cached', async () => {
    const calls = new SharedCalls<string>();
    const ask = (work: () => Promise<string>): Promise<string> =>
      calls.ask({ key: 'a', tenantId: 'one', timeoutMs: MINUTE, signal: STAYS, work });
    const fail = (): Promise<string> => Promise.reject(new Error('no'));
    const results = await Promise.allSettled([ask(fail), ask(fail)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await ask(async () => Promise.resolve('yes'))).toBe('yes');
  });

  it('are rejected if too many are in flight', async () => {
    const calls = new SharedCalls<string>();
    const leaving = new AbortController();
    setMaxListeners(0, leaving.signal);
    const work = (): Promise<string> => new Promise(() => undefined);
    const ask = (key: number): Promise<string> =>
      calls.ask({
        key: String(key),
        tenantId: `tenant-${Math.floor(key / 32)}`,
        timeoutMs: MINUTE,
        signal: leaving.signal,
        work,
      });
    const under = Array.from({ length: 512 }, (_, key) => ask(key).catch(() => undefined));
    await expect(ask(512)).rejects.toMatchObject({ code: 'too_many_waits' });
    leaving.abort();
    await Promise.all(under);
  });

  it('are rejected only for a tenant that has too many in flight', async () => {
    const calls = new SharedCalls<string>();
    const leaving = new AbortController();
    setMaxListeners(0, leaving.signal);
    const work = (): Promise<string> => new Promise(() => undefined);
    const ask = (key: number, tenantId = 'one', signal = leaving.signal): Promise<string> =>
      calls.ask({ key: String(key), tenantId, timeoutMs: MINUTE, signal, work });
    const under = Array.from({ length: 32 }, (_, key) => ask(key).catch(() => undefined));
    await expect(ask(32)).rejects.toMatchObject({ code: 'too_many_waits' });
    under.push(
      ask(33, 'other').catch(() => undefined),
      ask(31).catch(() => undefined),
    );
    leaving.abort();
    await Promise.all(under);
    const again = new AbortController();
    const after = ask(32, 'one', again.signal);
    again.abort();
    await expect(after).rejects.not.toMatchObject({ code: 'too_many_waits' });
  });
});
