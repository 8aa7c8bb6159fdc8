import { MAX_LINE_BYTES, toConsoleDocument, toFrame, toLine } from './console-lines';

describe('console lines', () => {
  it.each([
    ['ASCII', 'x'],
    ['two bytes', 'ü'],
    ['four bytes', '😀'],
  ])('are truncated if they are too long: %s', (_, character) => {
    const most = Math.floor(MAX_LINE_BYTES / Buffer.byteLength(character));
    expect(toLine(character.repeat(most))).toBe(character.repeat(most));
    const line = toLine(character.repeat(most + 1));
    expect(line).toMatch(new RegExp(`^(${character})+…$`));
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(MAX_LINE_BYTES);
    expect(Buffer.byteLength(line)).toBeGreaterThan(MAX_LINE_BYTES - 8);
  });

  it('cannot inject events', () => {
    expect(toFrame('a\r\n\n\revent: end\n')).toBe('event: line\ndata: aevent: end\n\n');
    expect(toFrame('')).toBe('event: line\ndata: \n\n');
  });

  it('are limited to the newest ones that fit', () => {
    expect(toConsoleDocument([])).toBe('{"lines":[]}');
    expect(toConsoleDocument(['a"', 'b'])).toBe('{"lines":["a\\"","b"]}');
    // Each character takes six bytes in JSON.
    const texts = Array.from({ length: 1000 }, (_, index) => '\u0001'.repeat(8000) + String(index));
    const document = toConsoleDocument(texts);
    expect(Buffer.byteLength(document)).toBeLessThanOrEqual(4_194_304);
    expect(Buffer.byteLength(document)).toBeGreaterThan(4_000_000);
    expect(document.slice(-6)).toBe('999"]}');
  });
});
