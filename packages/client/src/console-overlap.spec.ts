import { ConsoleOverlap, linesAfter } from './console-overlap';

describe('ConsoleOverlap', () => {
  const newOf = (remembered: string, resent: string): string => {
    const overlap = new ConsoleOverlap(Array.from(remembered));
    return Array.from(resent)
      .flatMap((line) => overlap.take(line))
      .join('');
  };

  it.each([
    ['abcd', 'abcd', '', 'nothing is new'],
    ['abcd', 'cdef', 'ef', 'some lines are new'],
    ['abcd', 'abcdef', 'ef', 'lines follow the resent ones'],
    ['abcd', 'efgh', 'efgh', 'all lines are new'],
    ['abcd', 'cd', '', 'the console was truncated'],
    ['abcd', 'cdx', 'x', 'the console was truncated and goes on'],
    ['abcd', 'd', '', 'only the last line is left'],
    ['abab', 'abab', '', 'lines repeat and nothing is new'],
    ['abab', 'ababc', 'c', 'lines repeat and one follows'],
    ['abac', 'acab', 'ab', 'an overlap begins twice'],
    ['aaab', 'aaba', 'a', 'a longer overlap turns out wrong'],
    ['', 'ab', 'ab', 'nothing is remembered'],
    ['abcd', '', '', 'nothing is resent'],
  ])('given %j and the resent lines %j, emits %j if %s', (remembered, resent, expected) => {
    expect(newOf(remembered, resent)).toBe(expected);
  });

  it('emits a new line at once', () => {
    const overlap = new ConsoleOverlap(['a', 'b']);
    expect(overlap.take('a')).toEqual([]);
    expect(overlap.take('b')).toEqual([]);
    expect(overlap.take('c')).toEqual(['c']);
    expect(overlap.isGap).toBe(false);
  });

  it('reports a gap if nothing overlaps', () => {
    const overlap = new ConsoleOverlap(['a', 'b']);
    expect(overlap.take('c')).toEqual(['c']);
    expect(overlap.isGap).toBe(true);
  });

  it('finds an overlap of a thousand similar lines', () => {
    const lines = Array.from({ length: 1000 }, (_, index) => (index === 998 ? 'other' : 'same'));
    const overlap = new ConsoleOverlap(lines);
    const resent = [...lines.slice(500), ...Array.from({ length: 500 }, () => 'new')];
    expect(resent.flatMap((line) => overlap.take(line))).toHaveLength(500);
  });
});

describe('linesAfter', () => {
  const after = (received: string, resent: string): string | undefined =>
    linesAfter(Array.from(received), Array.from(resent))?.join('');

  it.each<[string, string, string | undefined, string]>([
    ['cd', 'abcdef', 'ef', 'earlier lines were resent, too'],
    ['abcd', 'cdef', 'ef', 'some were not resent'],
    ['abcd', 'abcd', '', 'nothing is new'],
    ['abcd', 'bc', undefined, 'none of the last lines was resent'],
    ['abcd', 'efgh', undefined, 'all lines are new'],
    ['abcd', '', undefined, 'the console is empty'],
    ['', 'ab', 'ab', 'nothing was received'],
    ['', '', '', 'there is nothing'],
    ['aa', 'xaaaa', 'aa', 'lines repeat: better twice than never'],
    ['aba', 'ababa', 'ba', 'ends overlap'],
    ['xaa', 'aab', 'b', 'the beginning was not resent'],
  ])('given %j and the resent lines %j, returns %j if %s', (received, resent, expected) => {
    expect(after(received, resent)).toBe(expected);
  });
});
