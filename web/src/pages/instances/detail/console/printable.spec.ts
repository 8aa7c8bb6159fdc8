import { describe, expect, it } from '@jest/globals';
import { printable } from './printable';

describe('lines of a console as plain text', () => {
  it('have no colors and no other sequences', () => {
    expect(printable('\u001b[1;32mok\u001b[0m \u001b]0;title\u0007done\u001b(B')).toBe('ok done');
    expect(printable('\u001b]8;;http://evil.example\u001b\\click\u001b]8;;\u001b\\')).toBe('click');
  });

  it('have no control characters but tabs', () => {
    expect(printable('a\tb\r\u0008\u0000\u009bc')).toBe('a\tbc');
  });

  it('keep everything else', () => {
    expect(printable('<script>é€</script>')).toBe('<script>é€</script>');
  });
});
