import { LogLines, LONGEST_LINE_BYTES } from './docker.log-lines';

const OUT = 1;
const ERR = 2;

function frame(stream: number, text: string): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt8(stream, 0);
  header.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([header, Buffer.from(text)]);
}

describe('log lines', () => {
  const bytes = Buffer.concat([
    frame(OUT, 'one\ntwo'),
    frame(ERR, 'oops\r\n'),
    frame(OUT, ' and a half ä\n'),
    frame(OUT, '\nlast'),
  ]);
  const lines = ['one', 'oops', 'two and a half ä', '', 'last'];

  it.each([1, 2, 3, 7, 8, 9, 1000])('are complete if they arrive in chunks of %d bytes', (size) => {
    const log = new LogLines();
    const found: string[] = [];
    for (let at = 0; at < bytes.length; at += size) found.push(...log.take(bytes.subarray(at, at + size)));
    expect([...found, ...log.rest()]).toEqual(lines);
  });

  it('are truncated if they are too long', () => {
    const log = new LogLines();
    const found = log.take(frame(OUT, `${'x'.repeat(3 * LONGEST_LINE_BYTES)}\nnext\n`));
    expect(found).toEqual(['x'.repeat(LONGEST_LINE_BYTES), 'next']);
  });
});
