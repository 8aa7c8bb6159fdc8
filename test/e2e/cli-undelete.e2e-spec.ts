import type { Instance } from '../../src/compute/instances';
import { startCli, type CliResult } from '../support/cli';
import { parseJson } from '../support/json';
import { newTenant, useApp } from '../support/use-app';

const OPERATOR = { UIM_COMPUTE_TOKEN: 'operators' };
const TIME = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`;

describe('uim-compute undelete', () => {
  const app = useApp({ environment: { OPERATOR_TOKEN: 'operators' } });
  let tenantId: string;

  beforeEach(() => {
    tenantId = newTenant();
  });

  const cli = (...args: readonly string[]): Promise<CliResult> => startCli(app.url, tenantId, args).result;
  const operator = (...args: readonly string[]): Promise<CliResult> =>
    startCli(app.url, tenantId, args, OPERATOR).result;
  const retained = async (name: string): Promise<Instance> =>
    parseJson<Instance>((await cli('get', name, '--deleted', '-o', 'json')).out);

  it('brings back instances by name that a delete has retained', async () => {
    const { id } = await app.as(tenantId).createRunning();
    expect(await cli('delete', 'web', '--retain', '24h')).toEqual({ code: 0, out: '', err: '' });
    expect((await cli('list', '-q')).out).toBe('');
    expect((await cli('list', '--deleted', '-q')).out).toBe(`${id}\n`);
    expect((await cli('list', '--deleted')).out).toMatch(
      new RegExp(`^ID .* STATUS +DELETED +PURGE\\n.* deleted +${TIME} +${TIME}\\n$`),
    );
    expect((await cli('get', 'web')).code).not.toBe(0);
    expect((await cli('get', 'web', '--deleted')).out).toMatch(
      new RegExp(`^deletedAt +${TIME}\\npurgeAt +${TIME}$`, 'm'),
    );
    expect((await cli('undelete', 'web', '--dry-run')).out).toMatch(
      /web +undelete +possible, would become running/,
    );
    const { code, out, err } = await cli('undelete', 'web', '--wait', '-o', 'json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(parseJson(out)).toMatchObject({ id, status: 'running' });
  });

  it.each([
    ['30m', 1800],
    ['7d', 604_800],
    ['2w', 1_209_600],
    ['90s', 90],
    ['PT1H30M', 5400],
  ])('retains for %s', async (time, seconds) => {
    await app.as(tenantId).createStopped();
    await cli('rm', 'web', '--retain', time);
    const { deletedAt, purgeAt } = await retained('web');
    expect(Number(purgeAt) - Number(deletedAt)).toBe(seconds);
  });

  it('deletes at once with --retain 0, also what is retained', async () => {
    const { id } = await app.as(tenantId).createStopped();
    await cli('delete', 'web', '--retain', '1h');
    expect(await cli('delete', id, '--retain', '0')).toEqual({ code: 0, out: '', err: '' });
    expect((await cli('list', '--deleted', '-q')).out).toBe('');
  });

  it.each(['24', 'a day', '1.5h', 'P', '-1h', 'P1H'])('refuses --retain %s', async (time) => {
    const { id } = await app.as(tenantId).createStopped();
    expect((await cli('delete', id, `--retain=${time}`)).code).not.toBe(0);
    expect((await cli('list', '-q')).out).toBe(`${id}\n`);
  });

  it('has operators set the default, which quotas shows', async () => {
    const set = await operator('quotas', 'set', tenantId, 'retainDeleted=7d', 'instances=5');
    expect(set.out).toMatch(/^instances +0 +5\n(?:.*\n)*Deleted instances are retained: P7D\n$/m);
    await app.as(tenantId).createStopped();
    await cli('delete', 'web');
    expect((await retained('web')).status).toBe('deleted');
    await operator('quotas', 'set', tenantId, 'retainDeleted=default');
    expect((await cli('quotas')).out).not.toContain('retained');
    expect((await operator('quotas', 'set', tenantId, 'retainDeleted=always')).code).toBe(2);
  });
});
