import { spawnSync } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The library that the `faketime` command preloads. */
const LIBRARY = spawnSync('faketime', ['-f', '+0', 'printenv', 'LD_PRELOAD'], { encoding: 'utf8' });

/** Why the clock cannot be set, or undefined. */
export const FAKETIME_MISSING = LIBRARY.status === 0 ? undefined : 'faketime is not installed';

/** A clock for child processes: the real time plus an offset that can change while they run. */
export class SettableClock {
  private readonly directory = mkdtempSync(join(tmpdir(), 'compute-clock-'));
  private readonly file = join(this.directory, 'offset');

  constructor() {
    this.set('+0');
  }

  /** Environment of a child process. Its monotonic clock and file times stay real. */
  get environment(): Readonly<Record<string, string>> {
    return {
      LD_PRELOAD: LIBRARY.stdout.trim(),
      FAKETIME_TIMESTAMP_FILE: this.file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      DONT_FAKE_MONOTONIC: '1',
      NO_FAKE_STAT: '1',
    };
  }

  /** @param offset for example `-1h` or `+1d` */
  set(offset: string): void {
    const next = `${this.file}.next`;
    writeFileSync(next, `${offset}\n`);
    renameSync(next, this.file);
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }
}
