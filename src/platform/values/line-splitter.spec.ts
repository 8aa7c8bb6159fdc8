import { LineSplitter, LineTooLongError } from './line-splitter';

describe('LineSplitter', () => {
  const textsOf = (lines: readonly Buffer[]): readonly string[] => lines.map(String);

  it('joins lines and characters across chunks', () => {
    const splitter = new LineSplitter(100, 'split');
    const bytes = Buffer.from('one\r\ntwö\u2028\n\nthr');
    const lines = Array.from(bytes, (byte) => splitter.take(Buffer.from([byte]))).flat();

    expect(textsOf([...lines, ...splitter.end()])).toEqual(['one\r', 'twö\u2028', '', 'thr']);
    expect(splitter.end()).toEqual([]);
  });

  it('splits an unfinished line at the maximum length', () => {
    const splitter = new LineSplitter(4, 'split');
    expect(textsOf(splitter.take(Buffer.from('abcdefghij')))).toEqual(['abcd', 'efgh']);
    expect(textsOf(splitter.take(Buffer.from('k\n')))).toEqual(['ijk']);
  });

  it('keeps only the beginning of an unfinished line that it truncates', () => {
    const splitter = new LineSplitter(4, 'truncate');
    expect(splitter.take(Buffer.from('abcdefghij'))).toEqual([]);
    expect(textsOf(splitter.take(Buffer.from('\nnext\n')))).toEqual(['abcd', 'next']);
  });

  it('throws if an unfinished line exceeds the maximum length', () => {
    const splitter = new LineSplitter(4, 'throw');
    expect(textsOf(splitter.take(Buffer.from('a\nabcd')))).toEqual(['a']);
    expect(() => splitter.take(Buffer.from('e'))).toThrow(LineTooLongError);
  });
});
