import { describe, expect, it } from '@jest/globals';
import { keysOfText } from './keys-of-text';

describe('keys that type a text', () => {
  it('are those of the US keyboard', () => {
    expect(keysOfText('a$B')).toEqual([
      { keysym: 0x61, isShifted: false },
      { keysym: 0x24, isShifted: true },
      { keysym: 0x42, isShifted: true },
    ]);
  });

  it('include Enter and Tab, and no other control characters', () => {
    expect(keysOfText('\r\n\t\u0007\u007f').map(({ keysym }) => keysym)).toEqual([0xff0d, 0xff09]);
  });

  it('include characters that no keyboard has', () => {
    expect(keysOfText('é€').map(({ keysym }) => keysym)).toEqual([0xe9, 0x0100_20ac]);
  });
});
