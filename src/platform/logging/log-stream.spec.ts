import { Writable } from 'node:stream';
import { LogStream } from './log-stream';

/** An output that accepts a chunk only when the test calls `read`. */
class Reader extends Writable {
  readonly chunks: string[] = [];
  private release: ((error?: Error | null) => void) | undefined;

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.chunks.push(chunk.toString());
    this.release = done;
  }

  override _destroy(_error: Error | null, done: (error?: Error | null) => void): void {
    done();
  }

  async read(error?: Error): Promise<void> {
    const { release } = this;
    this.release = undefined;
    release?.(error);
    await new Promise(setImmediate);
  }
}

describe('LogStream', () => {
  let out: Reader;
  let stream: LogStream;
  let dropped: number[];

  beforeEach(() => {
    out = new Reader();
    dropped = [];
    stream = new LogStream({ out, maxCharacters: 10_000, onDropped: (lines) => dropped.push(lines) });
  });

  it('writes buffered lines as one chunk', async () => {
    stream.write('a\n');
    stream.write('b\n');
    let isFlushed = false;
    stream.flush(() => (isFlushed = true));
    expect(out.chunks).toEqual(['a\nb\n']);
    expect(isFlushed).toBe(false);
    await out.read();
    expect(isFlushed).toBe(true);
  });

  it('buffers lines up to the limit, and reports dropped ones when the reader is back', async () => {
    const line = `${'x'.repeat(999)}\n`;
    for (let count = 0; count < 25; count++) stream.write(line);
    expect(out.chunks).toHaveLength(1);
    expect(dropped).toEqual([]);
    await out.read();
    expect(dropped).toEqual([15]);
    await out.read();
    expect(out.chunks.join('')).toBe(line.repeat(10));
    stream.write(line);
    stream.flush();
    await out.read();
    expect(out.chunks.at(-1)).toBe(line);
    expect(dropped).toEqual([15]);
  });

  it('writes formatted lines, whose length counts against the limit', async () => {
    stream = new LogStream({
      out,
      maxCharacters: 10,
      onDropped: (lines) => dropped.push(lines),
      format: (line) => `${line.trim()}-long\n`,
    });
    stream.write('a\n');
    stream.write('b\n');
    stream.flush();
    await out.read();
    expect(out.chunks).toEqual(['a-long\n']);
    expect(dropped).toEqual([1]);
    stream.write('c\n');
    expect(stream.takeRest()).toBe('c-long\n');
  });

  it('flushes at once if there is nothing to write', () => {
    const done = jest.fn();
    stream.flush(done);
    expect(done).toHaveBeenCalledTimes(1);
  });

  it('counts the lines of a failed write as dropped', async () => {
    stream.write('a\n');
    stream.write('b\n');
    const done = jest.fn();
    stream.flush(done);
    await out.read(new Error('no space left on device'));
    expect(done).toHaveBeenCalledTimes(1);
    expect(stream.takeRest()).toBe('');
  });

  it('returns the unwritten lines once', () => {
    stream.write('a\n');
    expect(stream.takeRest()).toBe('a\n');
    expect(stream.takeRest()).toBe('');
  });
});
