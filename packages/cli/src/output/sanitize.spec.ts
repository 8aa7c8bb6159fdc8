import { printable } from './sanitize';

const ESC = '\u001b';

describe('printable', () => {
  it.each([
    ['tabs', 'a\tb\t', 'a\tb\t'],
    ['colors', `${ESC}[1;31mred${ESC}[0m ${ESC}[38:2::1:2:3mrgb${ESC}[m`, 'red rgb'],
    ['cursor movements', `${ESC}[2J${ESC}[10;20H${ESC}[?25lx`, 'x'],
    ['titles ended by BEL', `${ESC}]0;title\u0007x`, 'x'],
    ['links ended by ST', `${ESC}]8;;http://a${ESC}\\link${ESC}]8;;${ESC}\\`, 'link'],
    ['device control strings', `${ESC}P1$r0m${ESC}\\x`, 'x'],
    ['short sequences', `${ESC}(Ba${ESC}7b${ESC}c`, 'ab'],
    ['eight-bit sequences', '\u009b31mred\u009b0m\u009d0;title\u009cx', 'redx'],
    ['a color that is cut', `a${ESC}[1;3`, 'a'],
    ['a title that is cut', `a${ESC}]0;tit`, 'a'],
    ['an escape at the end', `a${ESC}`, 'a'],
    ['other control characters', 'a\u0008b\u202ec\0', 'a\uFFFDb\uFFFDc\uFFFD'],
    ['brackets without an escape', '[1;31m [0m', '[1;31m [0m'],
  ])('handles %s', (_, line, expected) => {
    expect(printable(line)).toBe(expected);
  });

  it.each([`${ESC}]`, `${ESC}[`, `${ESC}P`, ESC])('takes linear time for many %j', (introducer) => {
    const started = performance.now();
    printable(introducer.repeat(100_000));
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
