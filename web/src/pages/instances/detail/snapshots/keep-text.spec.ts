import { describe, expect, it } from '@jest/globals';
import { texts } from '../../../../texts';
import { keepText } from './keep-text';

describe('kept snapshots in words', () => {
  it('names only what is kept', () => {
    expect(keepText({ last: 3, daily: 7, weekly: 0 })).toBe(
      'Keeps the newest 3 and one for each of the last 7 days.',
    );
    expect(keepText({ last: 1, daily: 1, weekly: 1 })).toBe(
      'Keeps the newest one, the newest of the last day, and the newest of the last week.',
    );
    expect(keepText({ last: 0, daily: 0, weekly: 0 })).toBe(texts.instance.schedule.keepsNone);
  });
});
