import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anInstanceSpec, callFor } from '../../../../test/support/builders';
import { eventually } from '../../../../test/support/eventually';
import {
  ScriptedGuest,
  synced,
  type GuestAnswer,
  type GuestRequest,
} from '../../../../test/support/scripted-guest';
import { Clock } from '../../../platform/async/clock';
import { isRecord } from '../../../platform/values/records';
import type { Command, RunningCommand } from '../../port/sessions';
import { GuestAgents } from '../agent/guest-agents';
import { LargeOutputs } from '../agent/large-outputs';
import { InstanceDirectory } from '../files/instance-directory';
import { InstanceLock } from '../machine/instance-lock';
import { startInGuest } from './exec';

const COMMAND: Command = { command: ['ls', '-l'], env: { A: '1' }, tty: null };

/** The members of a command that the agent is asked to run. */
function argumentsOf({ arguments: args }: GuestRequest): Readonly<Record<string, unknown>> {
  return isRecord(args) ? args : {};
}

describe('a command through the guest agent', () => {
  const instance = anInstanceSpec();
  let root: string;
  let directory: InstanceDirectory;
  let qemu: ScriptedGuest;
  let guest: ScriptedGuest;
  let isListening: boolean;
  let commands: GuestRequest[];
  /** The responses to the questions whether the command has ended. */
  let statuses: object[];
  /** Whether the command goes on until it is killed. */
  let isEndless: boolean;
  /** Processes that the agent has reported as ended. */
  let forgotten: unknown[];

  const agents = (): GuestAgents => new GuestAgents(new InstanceLock(root, new Clock()), new Clock());

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'uim-exec-'));
    directory = new InstanceDirectory(root, instance.id);
    mkdirSync(directory.work, { recursive: true });
    [isListening, commands, statuses, isEndless, forgotten] = [true, [], [], false, []];
    const answer: GuestAnswer = (request) => {
      if (request['execute'] === 'guest-exec') {
        commands.push(request);
        if (argumentsOf(request)['path'] === 'sh') isEndless = false;
        return `{"return": {"pid": ${commands.length}}}\n`;
      }
      if (isEndless) return '{"return": {"exited": false}}\n';
      forgotten.push(argumentsOf(request)['pid']);
      return `${JSON.stringify({ return: statuses.shift() ?? { exited: true, exitcode: 0 } })}\n`;
    };
    guest = await ScriptedGuest.listen(directory.file('agent'), synced(answer));
    qemu = await ScriptedGuest.listen(
      directory.file('qmp'),
      ({ id }) => `${JSON.stringify({ return: [{ label: 'agent', 'frontend-open': isListening }], id })}\n`,
      '{"QMP": {}}\n',
    );
  });
  afterEach(async () => {
    await guest.close();
    await qemu.close();
    rmSync(root, { recursive: true });
  });

  function start(
    command: Partial<Command> = {},
    { signal = new AbortController().signal, by = agents(), hasAgent = true } = {},
  ): Promise<RunningCommand> {
    const host = { agents: by, largeOutputs: new LargeOutputs() };
    return startInGuest({ host, directory, hasAgent }, callFor(instance, { signal }), {
      ...COMMAND,
      ...command,
    });
  }

  async function outcomeOf(running: RunningCommand): Promise<object> {
    const seen = { stdout: '', stderr: '' };
    for await (const { stream, data } of running.output) seen[stream] += data.toString();
    return { ...seen, code: await running.exitCode() };
  }

  it('starts when its input ends, with the variables, and gives the output when it has ended', async () => {
    statuses = [
      { exited: false },
      { exited: true, exitcode: 3, 'out-data': 'b3V0', 'err-data': 'ZXJy', 'out-truncated': true },
    ];
    const running = await start();
    running.stdin.write('typed ');
    expect(commands).toEqual([]);
    running.stdin.end('twice');
    expect(await outcomeOf(running)).toEqual({
      stdout: 'out',
      stderr: 'err[The guest agent has dropped stdout after 16 MB]\n',
      code: 3,
    });
    const [asked] = commands.map(argumentsOf);
    expect(asked).toMatchObject({ path: 'env', 'capture-output': true, 'input-data': 'dHlwZWQgdHdpY2U=' });
    expect(asked?.['arg']).toEqual(['A=1', expect.stringMatching(/^UIM_SESSION=/), 'ls', '-l']);
  });

  it('has the exit code of a shell if a signal has ended it', async () => {
    statuses = [{ exited: true, signal: 9 }];
    const running = await start();
    running.stdin.end();
    expect(await outcomeOf(running)).toEqual({ stdout: '', stderr: '', code: 137 });
    expect(argumentsOf(commands[0] ?? {})).not.toHaveProperty('input-data');
  });

  it('gives large outputs in parts', async () => {
    const output = Buffer.alloc(200_000, 'x');
    statuses = [{ exited: true, exitcode: 0, 'out-data': output.toString('base64') }];
    const running = await start();
    running.stdin.end();
    const sizes: number[] = [];
    for await (const { data } of running.output) sizes.push(data.length);
    expect(sizes).toEqual([65_536, 65_536, 65_536, 3392]);
  });

  it('is refused with a terminal, a program that looks like a variable, or without a port for the agent', async () => {
    const refused = { name: 'DriverError', retryable: false };
    await expect(start({ tty: { width: 80, height: 24 } })).rejects.toMatchObject(refused);
    await expect(start({ command: ['A=2', 'ls'] })).rejects.toMatchObject(refused);
    await expect(start({}, { hasAgent: false })).rejects.toMatchObject(refused);
    expect([guest.sockets.size, qemu.sockets.size]).toEqual([0, 0]);
  });

  it('is refused for now if no agent listens, without waiting for one', async () => {
    isListening = false;
    await expect(start()).rejects.toMatchObject({ name: 'AgentUnreachableError', retryable: true });
    expect(guest.sockets.size).toBe(0);
  });

  it('is refused if the machine does not run', async () => {
    await qemu.close();
    await expect(start()).rejects.toThrow('The virtual machine is not running');
  });

  it('is not started if there is too much input', async () => {
    const running = await start();
    running.stdin.on('error', () => undefined);
    running.stdin.write(Buffer.alloc(1_048_576));
    running.stdin.end('x');
    await expect(outcomeOf(running)).rejects.toMatchObject({ name: 'DriverError', retryable: false });
    expect(commands).toEqual([]);
  });

  it('is not started if the session ends before its input', async () => {
    const ending = new AbortController();
    const running = await start({}, { signal: ending.signal });
    const ended = outcomeOf(running);
    ending.abort();
    expect(await ended).toMatchObject({ code: null });
    expect(commands).toEqual([]);
  });

  it('is killed with all its processes if the session ends before it, and then forgotten by the agent', async () => {
    isEndless = true;
    const ending = new AbortController();
    const running = await start({}, { signal: ending.signal });
    const ended = outcomeOf(running);
    running.stdin.end();
    await eventually(() => expect(commands).toHaveLength(1));
    ending.abort();
    expect(await ended).toEqual({ stdout: '', stderr: '', code: null });
    const mark = argumentsOf(commands[0] ?? {})['arg'];
    const killer = argumentsOf(commands[1] ?? {});
    expect(killer).toMatchObject({ path: 'sh', 'capture-output': false });
    expect(Array.isArray(mark) && Array.isArray(killer['arg']) && killer['arg'][2] === mark[1]).toBe(true);
    expect(forgotten).toEqual([2, 1]);
  });

  it('is neither started nor killed if the session ends while it waits for its turn', async () => {
    const ending = new AbortController();
    const running = await start({}, { signal: ending.signal });
    let release = (): void => undefined;
    const turn = new Promise<void>((resolve) => (release = resolve));
    const held = new InstanceLock(root, new Clock()).tryHold(`${instance.id}.agent`, () => turn);
    running.stdin.end();
    const ended = outcomeOf(running);
    await new Promise((resolve) => setImmediate(resolve));
    ending.abort();
    release();
    await held;
    expect(await ended).toMatchObject({ code: null });
    expect(commands).toEqual([]);
  });

  it('takes turns with others, of this process and of another one', async () => {
    const [one, another] = [agents(), agents()];
    const outcomes = Array.from({ length: 30 }, async (_, index) => {
      const running = await start({}, { by: index % 2 === 0 ? one : another });
      running.stdin.end();
      return outcomeOf(running);
    });
    expect(await Promise.all(outcomes)).toHaveLength(30);
    expect(commands).toHaveLength(30);
    expect([guest.most, qemu.most]).toEqual([1, 1]);
  });

  it('is lost if the agent no longer knows it', async () => {
    statuses = [{}];
    const running = await start();
    running.stdin.end();
    await expect(outcomeOf(running)).rejects.toThrow('The guest agent has sent an invalid response');
  });
});
