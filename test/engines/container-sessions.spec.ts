import { randomBytes } from 'node:crypto';
import type { Client } from '../support/client';
import { CLI, pipeThroughCli, startCli } from '../support/cli';
import { describeWhere } from '../support/describe-where';
import { forContainerEngines, IDLE_CONTAINER, type Engine } from '../support/engines';
import { EngineFixture } from '../support/engines/engine-fixture';
import { eventually } from '../support/eventually';
import { missingTmux, Tmux } from '../support/tmux';

const TENANT = 'tenant-a';

forContainerEngines('uim-compute with a container', (start) => {
  let engine: Engine;
  let fixture: EngineFixture;
  let tenant: Client;
  let id: string;
  beforeAll(async () => {
    engine = await start();
    fixture = await EngineFixture.start({ socket: engine.socket });
    tenant = fixture.as(TENANT);
    ({ id } = await tenant.createRunning(IDLE_CONTAINER));
  });
  afterAll(async () => {
    await fixture.close();
    await engine.stop();
  });
  const cli = (...args: readonly string[]) => startCli(fixture.service.url, TENANT, args).result;

  it.each([
    ['echo out; echo err >&2', { code: 0, out: 'out\n', err: 'err\n' }],
    ['exit 3', { code: 3, out: '', err: '' }],
    ['kill -9 $$', { code: 137, out: '', err: '' }],
  ])('runs %j with its output, errors and exit code', async (script, result) => {
    expect(await cli('exec', id, '--', 'sh', '-c', script)).toEqual(result);
  });

  it('passes 1 MB of standard input and output, byte for byte', async () => {
    const input = randomBytes(1_048_576);
    const { url } = fixture.service;
    const { code, out } = await pipeThroughCli(url, TENANT, ['exec', id, '-i', '--', 'cat'], input);
    expect([code, out.equals(input)]).toEqual([0, true]);
  });

  describeWhere(missingTmux, 'on a terminal', () => {
    let tmux: Tmux;
    beforeEach(async () => {
      const environment = { UIM_COMPUTE_URL: fixture.service.url, UIM_COMPUTE_TENANT: TENANT, ID: id };
      tmux = await Tmux.start({ width: 100, height: 30, environment });
      await tmux.enter(
        `PS1='host> '; alias cli='"${process.execPath}" "${CLI}"'; before=$(stty -a | grep -v columns); clear`,
      );
    });
    afterEach(() => tmux.stop());
    const shows = (pattern: RegExp | string): Promise<void> =>
      eventually(async () => expect(await tmux.screen()).toMatch(pattern));

    it('says that there is no serial console', async () => {
      await tmux.enter('cli console $ID --interactive');
      await shows('error: The engine docker cannot open serial sessions of instances\n');
    });

    it('runs a program that uses the whole terminal, and follows its size', async () => {
      await tmux.enter('cli exec $ID -it -- sh');
      await shows(/\n\/ # ?$/);
      await tmux.enter('top -d 1');
      await shows(/^Mem: .*\nCPU: [^]*PID +PPID +USER[^]*\{?top/);
      await tmux.press('C-c');
      await shows(/\n\/ # ?$/);
      await tmux.resize(70, 20);
      await eventually(async () => {
        await tmux.enter('clear; stty size');
        await shows(/^20 70\n/);
      });
      await tmux.enter('exit 4');
      await shows(/host>$/);
      await tmux.enter('echo "code $?"; [ "$before" = "$(stty -a | grep -v columns)" ] && echo restored');
      await shows(/code 4\nrestored\nhost>$/);
    });
  });
});
