import { startCli, type CliResult } from '../support/cli';
import { eventually } from '../support/eventually';
import { parseJson } from '../support/json';
import { newTenant, useApp } from '../support/use-app';

const OPERATOR = { UIM_COMPUTE_TOKEN: 'operators' };

describe('commands of uim-compute for operators', () => {
  const app = useApp({
    environment: {
      OPERATOR_TOKEN: 'operators',
      SIMULATED_VCPUS: '12',
      SIMULATED_RAM_GB: '100',
      SIMULATED_GPUS: 'nvidia-a2:2,nvidia-l40s:4',
    },
  });
  const tenantId = newTenant();
  const cli = async (args: readonly string[], environment: Readonly<Record<string, string>> = OPERATOR) => {
    const result: CliResult = await startCli(app.url, tenantId, args, environment).result;
    return result;
  };

  it('set limits, and show tenants with their usage and limits', async () => {
    await app.as(tenantId).create({ flavor: 'medium' });
    const set = await cli(['quotas', 'set', tenantId, 'instances=5', 'vcpus=3', 'ramGB=unlimited']);
    expect(set.out).toMatch(/^RESOURCE +USED +LIMIT\ninstances +1 +5\nvcpus +2 +3\nramGB +4 +unlimited\n/);
    expect((await cli(['quotas', tenantId])).out).toBe(set.out);
    expect((await cli(['tenants'])).out).toMatch(
      new RegExp(
        `^TENANT +INSTANCES +VCPUS +RAM GB +DISK GB +GPUS\\n(?:.*\\n)*${tenantId} +1/5 +2/3 +4 +40 +0\\n`,
      ),
    );
    await cli(['quotas', 'set', tenantId, 'instances=default', 'vcpus=default']);
    expect((await cli(['quotas', tenantId])).out).toMatch(/instances +1 +unlimited\n/);
    for (const wrong of ['instances', 'cpu=1', 'vcpus=-1', 'vcpus=many'])
      expect(await cli(['quotas', 'set', tenantId, wrong])).toMatchObject({ code: 2, out: '' });
  });

  it('create, describe and delete flavors', async () => {
    const size = ['--vcpus', '1', '--ram', '2', '--disk', '5'];
    const created = await cli(['flavors', 'create', 'tiny', ...size, '-o', 'json']);
    expect(parseJson(created.out)).toMatchObject({ name: 'tiny', vcpus: 1, ramGB: 2, diskGB: 5 });
    await cli(['flavor', 'update', 'tiny', '--description', 'For tests']);
    expect((await cli(['flavors'])).out).toMatch(/^tiny +1 +2 +5 +For tests$/m);
    expect(await cli(['flavors', 'delete', 'tiny'])).toEqual({ code: 0, out: '', err: '' });
    expect((await cli(['flavors'])).out).not.toContain('tiny');
  });

  it('set, show and delete warm pools', async () => {
    const kind = ['--flavor', 'small', '--type', 'container', '--size', '1'];
    const made = await cli(['warm-pool', 'set', 'web', ...kind, '--image', 'nginx', '-o', 'json']);
    expect(parseJson(made.out)).toMatchObject({ name: 'web', imageId: 'nginx', type: 'container', size: 1 });
    const row = /^web +container +small +nginx +1 +1 +0 +-$/m;
    await eventually(async () => expect((await cli(['warm-pools'])).out).toMatch(row));
    expect((await cli(['warm-pool', 'get', 'web'])).out).toMatch(row);
    expect(await cli(['warm-pool', 'delete', 'web'])).toEqual({ code: 0, out: '', err: '' });
    expect((await cli(['warm-pool', 'list', '-o', 'name'])).out).toBe('');
    expect((await cli(['warm-pool', 'delete', 'web'])).err).toContain('warm_pool_not_found');
    expect(await cli(['warm-pool', 'set', 'web', '--size', '1'])).toMatchObject({ code: 2, out: '' });
  });

  it('show the engines with the capacity, which tenants do not see', async () => {
    expect((await cli(['capacity'])).out).toMatch(
      /\n\nENGINE +STATUS +INSTANCES +VCPUS .* GPUS .*\nsimulated +\w+ +\d+ +\d+\/12 +\d+\/100 .* 0\/6 \(nvidia-a2 0\/2, nvidia-l40s 0\/4\) /,
    );
    expect((await cli(['capacity'], {})).out).not.toContain('ENGINE');
  });

  it.each([['tenants'], ['audit'], ['orphans'], ['quotas', 'acme'], ['flavors', 'delete', 'small']])(
    '%s %s is refused to tenants, with a hint',
    async (...args) => {
      const { code, out, err } = await cli(args, {});
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err).toContain('UIM_COMPUTE_TOKEN');
    },
  );

  it('list no orphans if there are none', async () => {
    expect((await cli(['orphans'])).out).toMatch(/^ENGINE +INSTANCE +TENANT +SEEN FOR +REMOVED\n$/);
  });
});

describe('help of uim-compute', () => {
  const help = (...args: readonly string[]): Promise<CliResult> =>
    startCli('', '', [...args, '--help']).result;

  it('has examples and at most 80 columns for every command', async () => {
    const namesIn = (page: string): readonly string[] =>
      [...page.matchAll(/^ {2}([a-z]+)[|\s]/gm)]
        .map(([, name = '']) => name)
        .filter((name) => !['uim', 'help'].includes(name));
    const root = (await help()).out;
    const names = namesIn(root);
    expect(names).toEqual(expect.arrayContaining(['create', 'list', 'context', 'tenants']));
    const nested = await Promise.all(
      ['flavors', 'quotas', 'webhooks', 'context'].map(async (group) => {
        const [, commands = ''] = (await help(group)).out.split('\nCommands:\n');
        return namesIn(commands.split('\n\n')[0] ?? '').map((name) => [group, name]);
      }),
    );
    expect(nested.flat()).toContainEqual(['quotas', 'set']);
    const paths = [...names.map((name) => [name]), ...nested.flat()];
    const pages = await Promise.all(paths.map((path) => help(...path)));
    for (const { code, out } of pages) {
      expect(code).toBe(0);
      expect(out).toMatch(/\nExamples:\n {2}# .+\n {2}uim-compute /);
    }
    const long = [root, ...pages.map(({ out }) => out)]
      .flatMap((page) => page.split('\n'))
      .filter((line) => line.length > 80);
    expect(long).toEqual([]);
  });
});
