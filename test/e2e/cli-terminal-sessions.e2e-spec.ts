import { CLI } from '../support/cli';
import type { Client } from '../support/client';
import { describeWhere } from '../support/describe-where';
import { eventually } from '../support/eventually';
import { missingTmux, Tmux } from '../support/tmux';
import { newTenant, useApp } from '../support/use-app';

const MODE = 'stty -a | grep -v columns';

describeWhere(missingTmux, 'a session of uim-compute on a terminal', () => {
  const app = useApp();
  let tenant: Client;
  let id: string;
  let tmux: Tmux;

  beforeEach(async () => {
    tenant = app.as(newTenant());
    ({ id } = await tenant.createRunning());
    tmux = await Tmux.start({
      width: 100,
      height: 30,
      environment: { UIM_COMPUTE_URL: app.url, UIM_COMPUTE_TENANT: tenant.tenantId, ID: id },
    });
    await tmux.enter(`PS1='host> '; alias cli='"${process.execPath}" "${CLI}"'; before=$(${MODE}); clear`);
  });
  afterEach(() => tmux.stop());

  const shows = (pattern: RegExp | string): Promise<void> =>
    eventually(async () => expect(await tmux.screen()).toMatch(pattern));
  /** Asserts the exit code, and that the terminal is as it was before. */
  const hasRestored = async (code: number): Promise<void> => {
    await shows(/host>$/);
    await tmux.enter(`echo "code $?"; [ "$before" = "$(${MODE})" ] && echo restored`);
    await shows(`code ${code}\nrestored\nhost>`);
  };

  it('passes keys, Ctrl-C and the size of the terminal to a command', async () => {
    await tmux.enter('cli exec $ID -it -- sh');
    await shows(/\$$/);
    await tmux.enter('stty size');
    await shows(/\n30 100\n\$$/);
    await tmux.resize(70, 20);
    await eventually(async () => {
      await tmux.enter('stty size');
      await shows(/\n20 70\n\$$/);
    });
    await tmux.enter('sleep 1000');
    await shows(/sleep 1000$/);
    await tmux.press('C-c');
    await shows(/sleep 1000\n\$$/);
    await tmux.enter('exit 4');
    await hasRestored(4);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('restores the terminal on %s', async (signal) => {
    await tmux.enter('cli exec $ID -it -- sh');
    await shows(/\$$/);
    process.kill(await tmux.foreground(), signal);
    await hasRestored(130);
  });

  it('restores the terminal if the session ends before the command', async () => {
    await tmux.enter('cli exec $ID -it -- sh');
    await shows(/\$$/);
    await tenant.post(`/instances/${id}/stop`);
    await shows('error: the session ended before the command');
    await hasRestored(1);
  });

  it('connects the serial console until Ctrl-]', async () => {
    await tmux.enter('cli console $ID --interactive');
    await shows(/press Ctrl-\] to leave\n[^]*web booted$/);
    await tmux.press('a');
    await tmux.press('C-c');
    await tmux.press('b');
    await shows(/booted\na.?b$/);
    await tmux.press('C-]');
    await shows('disconnected from the serial console');
    await hasRestored(0);
  });

  it('leaves the terminal alone if the session is refused', async () => {
    await tenant.post(`/instances/${id}/stop`);
    await tmux.enter('cli console $ID -i');
    await shows('error: Instance is not running');
    await hasRestored(1);
  });
});
