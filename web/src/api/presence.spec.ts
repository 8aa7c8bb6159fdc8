import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { watchPresence } from './presence';

class Page extends EventTarget {
  visibilityState: 'visible' | 'hidden' = 'visible';

  become(state: 'visible' | 'hidden'): void {
    this.visibilityState = state;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

describe('watchPresence', () => {
  const window = new EventTarget();
  let page: Page;
  let seen: string[];
  let end: () => void;
  beforeEach(() => {
    jest.useFakeTimers();
    page = new Page();
    seen = [];
    const options = { onAway: () => seen.push('away'), onReturn: () => seen.push('return') };
    end = watchPresence(options, { window, document: page });
  });
  afterEach(() => {
    end();
    jest.useRealTimers();
  });

  it('tells when a page was hidden for a while, and when it is shown again', () => {
    page.become('hidden');
    jest.advanceTimersByTime(29_000);
    expect(seen).toEqual([]);
    jest.advanceTimersByTime(2000);
    expect(seen).toEqual(['away']);
    page.become('visible');
    expect(seen).toEqual(['away', 'return']);
  });

  it('ignores a look at another tab', () => {
    page.become('hidden');
    jest.advanceTimersByTime(10_000);
    page.become('visible');
    jest.advanceTimersByTime(60_000);
    expect(seen).toEqual([]);
  });

  it('tells when the computer was asleep, but not when timers of a hidden page are slow', () => {
    jest.setSystemTime(Date.now() + 300_000);
    jest.advanceTimersByTime(5000);
    expect(seen).toEqual(['return']);
    page.become('hidden');
    jest.setSystemTime(Date.now() + 60_000);
    jest.advanceTimersByTime(5000);
    expect(seen).toEqual(['return']);
  });

  it('tells when the network is back, unless nobody looks', () => {
    window.dispatchEvent(new Event('online'));
    expect(seen).toEqual(['return']);
    page.become('hidden');
    jest.advanceTimersByTime(30_000);
    window.dispatchEvent(new Event('online'));
    expect(seen).toEqual(['return', 'away']);
  });
});
