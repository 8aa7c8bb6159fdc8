import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = resolve(__dirname, '../..');
const HOOK = resolve(ROOT, 'scripts/typescript.cjs');
const CALL = resolve(ROOT, 'test/support/collected-client.cjs');

describe('the typed client after a garbage collection', () => {
  it.each([
    ['a call without an answer obeys an abort', 'abort', 'AbortError'],
    ['a call without an answer times out', 'timeout', 'TimeoutError'],
    ['a call without an answer obeys a time-out signal of its caller', 'caller-timeout', 'TimeoutError'],
    ['an answer that has begun obeys an abort', 'body', 'AbortError'],
    ['an answer read as a stream obeys an abort', 'raw', 'AbortError'],
    ['an answer read as a stream obeys a time-out signal of its caller', 'raw-timeout', 'TimeoutError'],
    ['an event stream obeys an abort', 'stream', 'ended'],
    ['an event stream obeys a time-out signal of its caller', 'stream-timeout', 'ended'],
  ])(
    '%s',
    async (_title, mode, ending) => {
      const { stdout } = await run(process.execPath, ['--expose-gc', '--require', HOOK, CALL, mode], {
        cwd: ROOT,
        timeout: 30_000,
      });
      expect(stdout).toBe(ending);
    },
    40_000,
  );
});
