import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describeWhere } from '../support/describe-where';

const ROOT = join(__dirname, '..', '..');
const RUN_MS = 240_000;

const { status: found } = spawnSync('sh', ['-c', 'script --version | grep -q util-linux']);
const missing = found === 0 ? undefined : 'script (util-linux) is not installed';

describeWhere(missing, 'docs/cli.md', () => {
  it(
    'shows what the command line prints',
    () => {
      const { status, stderr } = spawnSync(
        process.execPath,
        ['--require', './scripts/typescript.cjs', 'scripts/cli-page.ts', '--check'],
        { cwd: ROOT, encoding: 'utf8', timeout: RUN_MS },
      );
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    },
    RUN_MS + 10_000,
  );
});
