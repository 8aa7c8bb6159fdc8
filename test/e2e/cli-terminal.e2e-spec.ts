import { CLI } from '../support/cli';
import type { Client } from '../support/client';
import { eventually } from '../support/eventually';
import { startInTerminal, type TerminalProcess } from '../support/pseudo-terminal';
import { newTenant, useApp } from '../support/use-app';

const SOON = { withinMs: 30_000 };
const SLOW = '--metadata simulate.createDelayMs=600000';

/** The text printed since the screen was cleared; undefined if it was never cleared. */
function lastScreen(printed: string): string | undefined {
  return printed.split('\u001b[2J').slice(1).at(-1);
}

describe('uim-compute on a terminal', () => {
  const app = useApp();
  let tenant: Client;
  const cli = (args: string, environment: Readonly<Record<string, string>> = {}): TerminalProcess =>
    startInTerminal(`exec "${process.execPath}" "${CLI}" ${args}`, {
      UIM_COMPUTE_URL: app.url,
      UIM_COMPUTE_TENANT: tenant.tenantId,
      ...environment,
    });

  beforeEach(() => {
    tenant = app.as(newTenant());
  });

  it('shows from the first second what it waits for, then what the service does', async () => {
    const reason = 'the host is busy';
    const { printed, interrupt, ended } = cli(
      `create web --flavor small --metadata "simulate.createRetryableError=${reason}" --wait`,
    );
    await eventually(() => expect(printed()).toContain('web: waiting until it is running 0.0 s'), SOON);
    await eventually(
      () => expect(printed()).toMatch(/web: creating, create will be retried in .* \d+\.\d s/),
      SOON,
    );
    interrupt();
    expect(await ended).toBe(130);
    expect(printed()).toMatch(
      /The service continues to work on it. To wait again: uim-compute wait [0-9a-f-]{36} --for running\r\n$/,
    );
  });

  it('says on interrupt that the work continues, which it does', async () => {
    const { printed, interrupt, ended } = cli(`create web --flavor small ${SLOW} --wait`);
    await eventually(() => expect(printed()).toContain('waiting until'), SOON);
    interrupt();
    expect(await ended).toBe(130);
    const { instances } = (await tenant.get<{ instances: { status: string }[] }>('/instances')).body;
    expect(instances.map(({ status }) => status)).toEqual(['creating']);
  });

  it('fits 80 columns, and shortens names and reasons rather than anything else', async () => {
    const name = 'a-very-long-name-'.repeat(8);
    const { id } = await tenant.create({ name, metadata: { 'simulate.createError': 'no room '.repeat(20) } });
    await tenant.reaches(id, 'error');
    const { printed, ended } = cli('list', { NO_COLOR: '1' });
    expect(await ended).toBe(0);
    const [titles = '', row = ''] = printed().split('\r\n');
    expect(titles).toMatch(/^ID +NAME +TYPE +FLAVOR +STATUS +ADDRESS +AGE +REASON$/);
    expect(row).toMatch(
      new RegExp(`^${id.slice(-8)}  a-very-lo.*…  vm    small   error   -        \\d+s +create f.*…$`),
    );
    expect(row.length).toBeLessThanOrEqual(80);
  });

  it('colors the status, unless NO_COLOR is set or the terminal has no colors', async () => {
    await tenant.createRunning({ name: 'web' });
    const shown = async (environment = {}): Promise<string> => {
      const { printed, ended } = cli('list --columns name,status', environment);
      expect(await ended).toBe(0);
      return printed();
    };
    expect(await shown()).toContain('web   \u001b[32mrunning\u001b[39m\r\n');
    for (const environment of [{ NO_COLOR: '1' }, { TERM: 'dumb' }])
      expect(await shown(environment)).toBe('NAME  STATUS\r\nweb   running\r\n');
  });

  it('draws the list again on every change', async () => {
    const { id } = await tenant.createRunning({ name: 'web' });
    const { printed, interrupt, ended } = cli('list --watch --columns status', { NO_COLOR: '1' });
    await eventually(() => expect(lastScreen(printed())).toMatch(/STATUS\r\nrunning\r\n/), SOON);
    await tenant.post(`/instances/${id}/stop`);
    await eventually(() => expect(lastScreen(printed())).toMatch(/STATUS\r\nstopped\r\n$/), SOON);
    interrupt();
    expect(await ended).toBe(130);
  });

  it('stops quietly when the reader of its output closes the pipe', async () => {
    const events = `"${process.execPath}" "${CLI}" events -f -o name`;
    const { printed, ended } = startInTerminal(`bash -o pipefail -c '${events} | head -c 1'`, {
      UIM_COMPUTE_URL: app.url,
      UIM_COMPUTE_TENANT: tenant.tenantId,
    });
    let hasEnded = false;
    const code = ended.finally(() => (hasEnded = true));
    // The program notices the closed pipe when it prints the next event.
    await eventually(async () => {
      await tenant.create();
      expect(hasEnded).toBe(true);
    }, SOON);
    expect(await code).toBe(0);
    expect(printed()).toHaveLength(1);
  });
});
