import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describeWhere } from '../support/describe-where';

const UNIT = join(__dirname, '..', '..', 'deploy', 'uim-compute.service');
const VERIFY = 'systemd-analyze';

function missing(): string | undefined {
  if (spawnSync(VERIFY, ['--version']).error) return `${VERIFY} is not installed`;
  return existsSync('/usr/bin/node') ? undefined : 'there is no /usr/bin/node';
}

describeWhere(missing(), 'the systemd unit in deploy/', () => {
  it('has no error or warning', () => {
    const { status, stdout, stderr } = spawnSync(VERIFY, ['verify', UNIT], { encoding: 'utf8' });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});
