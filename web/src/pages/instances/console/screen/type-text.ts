import type RFB from '@novnc/novnc';
import { keysOfText } from './keys-of-text';

export const MAX_TYPED = 2000;
/** The service reads a limited number of messages per second, and a guest types into a small buffer. */
const KEYS_AT_ONCE = 10;
const PAUSE_MS = 50;
const SHIFT = 0xffe1;

/** Types a text into a screen, which has no clipboard. */
export async function typeText(screen: RFB, text: string): Promise<void> {
  const keys = keysOfText(text.slice(0, MAX_TYPED));
  for (const [index, { keysym, isShifted }] of keys.entries()) {
    if (index > 0 && index % KEYS_AT_ONCE === 0)
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    if (isShifted) screen.sendKey(SHIFT, 'ShiftLeft', true);
    screen.sendKey(keysym, null);
    if (isShifted) screen.sendKey(SHIFT, 'ShiftLeft', false);
  }
}
