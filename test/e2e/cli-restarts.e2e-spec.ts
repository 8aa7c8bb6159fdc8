import type { Instance } from '../../src/compute/instances';
import { startCli, type CliResult } from '../support/cli';
import { parseJson } from '../support/json';
import { newTenant, useApp } from '../support/use-app';

describe('uim-compute with restarts', () => {
  const app = useApp();
  const tenantId = newTenant();
  const cli = (...args: readonly string[]): Promise<CliResult> => startCli(app.url, tenantId, args).result;

  it('sets, changes and shows the restart policy and autostart', async () => {
    const options = ['--flavor', 'small', '--autostart', '--restart', 'on-failure:3', '-o', 'json'];
    expect(parseJson<Instance>((await cli('create', 'web', ...options)).out)).toMatchObject({
      autostart: true,
      restartPolicy: { condition: 'on-failure', maxRestarts: 3 },
    });
    expect((await cli('update', 'web', '--no-autostart', '--restart', 'on-failure')).code).toBe(0);
    expect((await cli('get', 'web')).out).toMatch(/^autostart +false\n(.*\n)*restartPolicy +on-failure:3$/m);
    expect((await cli('update', 'web', '--restart', 'never')).code).toBe(0);
    expect((await cli('list', '--columns', 'autostart,restart', '--no-header')).out).toMatch(/^no +never\n$/);
  });

  it.each(['always', 'on-failure:0', 'on-failure:101', 'on-failure:', 'on-failure:x', ''])(
    'refuses the policy "%s"',
    async (policy) => {
      const { code, err } = await cli('create', 'web', '--flavor', 'small', '--restart', policy);
      expect(code).not.toBe(0);
      expect(err).toContain('Must be never, on-failure, or on-failure:<n> with n from 1 to 100.');
    },
  );
});
