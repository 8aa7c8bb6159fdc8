import { startCli, type CliProcess } from '../support/cli';
import { followed } from '../support/console-reader';
import { eventually } from '../support/eventually';
import { newTenant, useApp } from '../support/use-app';

describe('uim-compute console and stats', () => {
  const app = useApp();
  const tenantId = newTenant();
  const cli = (...args: readonly string[]): CliProcess => startCli(app.url, tenantId, args);

  it('prints a console, and follows it until it ends or is interrupted', async () => {
    const { id } = await app.as(tenantId).createRunning();
    const booted = 'simulated: web starts\nsimulated: web booted\n';
    expect(await cli('console', id).result).toEqual({ code: 0, out: booted, err: '' });
    const following = cli('console', id, '--follow', '--lines', '1');
    await eventually(() => expect(following.printed()).toBe('simulated: web booted\n'), { withinMs: 20_000 });
    expect(await followed(app)).toBe(1);
    following.child.kill('SIGINT');
    expect(await following.result).toMatchObject({ code: 130, out: 'simulated: web booted\n' });
    await app.as(tenantId).post(`/instances/${id}/stop`);
    const ended = await cli('console', id, '-f', '--lines', '1', '-o', 'json').result;
    expect(ended).toEqual({ code: 0, out: '"simulated: web stopped"\n', err: '' });
  });

  it('prints resource usage, and reports errors', async () => {
    const { id } = await app.as(tenantId).createRunning();
    const { out } = await cli('stats', id).result;
    expect(out).toMatch(/^memory +256.0 MiB of 1.0 GiB$/m);
    expect(out).toMatch(/^cpu +5.0 % of one CPU$/m);
    const [unknown, wrong] = await Promise.all([
      cli('console', 'x', '-f').result,
      cli('console', id, '--lines', '0').result,
    ]);
    expect([unknown.code, wrong.code]).toEqual([3, 2]);
    expect(unknown.err).toMatch(/^error: no instance has the name or ID x\n/);
  });
});
