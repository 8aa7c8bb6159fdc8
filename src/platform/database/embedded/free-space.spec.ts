import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freeBytes, spaceProblem } from './free-space';

const EXBIBYTE = 2 ** 60;

describe('spaceProblem', () => {
  it('describes a lack of space, and is undefined if there is enough', () => {
    expect(spaceProblem(tmpdir(), EXBIBYTE)).toMatch(/^\d+ MiB free, \d+ MiB needed$/);
    expect(spaceProblem(tmpdir(), 1)).toBeUndefined();
  });

  it('describes why failed to read the free disk space', () => {
    expect(spaceProblem(join(tmpdir(), 'nowhere', 'at-all'), 1)).toMatch(
      /^failed to read the free disk space: ENOENT/,
    );
  });

  it('finds no lack of space on a file system that reports no sizes', () => {
    expect(freeBytes('/proc')).toBe(Infinity);
    expect(spaceProblem('/proc', EXBIBYTE)).toBeUndefined();
  });
});
