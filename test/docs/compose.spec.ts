import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describeWhere } from '../support/describe-where';
import { notInstalled } from '../support/engines/engine';

const ROOT = join(__dirname, '..', '..');
const COMPOSE = 'docker-compose';
const FILES = ['--file', 'compose.yaml', '--file', 'deploy/compose.docker.yaml'];

function config(env: Readonly<Record<string, string>>): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(COMPOSE, [...FILES, 'config'], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], ...env },
    encoding: 'utf8',
    timeout: 30_000,
  });
  return { status, output: `${stdout}${stderr}` };
}

describeWhere(notInstalled([COMPOSE]), 'compose.yaml with deploy/compose.docker.yaml', () => {
  it('gives both replicas the socket of the engine and keeps the settings of compose.yaml', () => {
    const { status, output } = config({ DOCKER_GID: '998', GATEWAY_TOKEN: 'secret' });

    expect({ status, output }).toMatchObject({ status: 0 });
    expect(output.match(/DRIVER_CONTAINER: docker/g)).toHaveLength(2);
    expect(output.match(/\/var\/run\/docker\.sock:\/var\/run\/docker\.sock/g)).toHaveLength(2);
    expect(output.match(/DATABASE_URL: postgresql:/g)).toHaveLength(2);
    expect(output.match(/read_only: true/g)).toHaveLength(2);
  });

  it.each([{ DOCKER_GID: '998' }, { GATEWAY_TOKEN: 'secret' }])('is refused with only %j', (env) => {
    expect(config(env).status).not.toBe(0);
  });
});
