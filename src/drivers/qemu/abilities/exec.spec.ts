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
import { SlowReaderError, type Command, type RunningCommand } from '../../port/sessions';
import { GuestAgents } from '../agent/guest-agents';
import { InputBudget } from '../agent/input-budget';
import { LargeOutputs } from '../agent/large-outputs';
import { InstanceDirectory } from '../files/instance-directory';
import { InstanceLock } from '../machine/instance-lock';
import { startInGuest } from './exec';

const COMMAND: Command = { command: ['ls', '-l'], env: { A: '1' }, tty: null };

/** The members of a command that the agent is asked to run. */
function argumentsOf({ arguments: args }: GuestRequest): Readonly<Record<string, unknown>> {
  return isRecord(args) ? args : {};
}

/** Time passes a hundred times as fast. */
class FastClock extends Clock {
  override now(): number {
    return 100 * super.now();
  }

  override wait(ms: number, signal: AbortSignal): Promise<void> {
    return super.wait(ms / 100, signal);
  }
}

describe('a command through the guest agent', () => {
  const instance = anInstanceSpec();
  let root: string;
  let directory: InstanceDirectory;
  let qemu: ScriptedGuest;
  let guest: ScriptedGuest;
  let devices: object[];
  let commands: GuestRequest[];
  /** The responses to the questions whether the command has ended. */
  let statuses: object[];
  let answer: GuestAnswer;
  /** Whether the command goes on until it is killed. */
  let isEndless: boolean;
  /** Names of requests that the agent does not respond to any more; it closes the connection. */
  let unanswered: Set<unknown>;
  /** Processes that the agent has reported as ended. */
  let forgotten: unknown[];

  const agents = (): GuestAgents => new GuestAgents(new InstanceLock(root, new Clock()), new Clock());

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'uim-exec-'));
    directory = new InstanceDirectory(root, instance.id);
    mkdirSync(directory.work, { recursive: true });
    [commands, statuses, isEndless, forgotten] = [[], [], false, []];
    devices = [{ label: 'agent', 'frontend-open': true }];
    unanswered = new Set();
    answer = synced((request, socket) => {
      const isLost = unanswered.has(request['execute']);
      if (isLost) socket.destroy();
      if (request['execute'] === 'guest-exec') {
        commands.push(request);
        if (isLost) return '';
        if (argumentsOf(request)['path'] === 'sh') isEndless = false;
        return `{"return": {"pid": ${commands.length}}}\n`;
      }
      if (isLost) return '';
      if (isEndless) return '{"return": {"exited": false}}\n';
      forgotten.push(argumentsOf(request)['pid']);
      return `${JSON.stringify({ return: statuses.shift() ?? { exited: true, exitcode: 0 } })}\n`;
    });
    guest = await ScriptedGuest.listen(directory.file('agent'), answer);
    qemu = await ScriptedGuest.listen(
      directory.file('qmp'),
      ({ id }) => `${JSON.stringify({ return: devices, id })}\n`,
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
    {
      signal = new AbortController().signal,
      by = agents(),
      hasAgent = true,
      largeOutputs = new LargeOutputs(),
      clock = new Clock(),
    } = {},
  ): Promise<RunningCommand> {
    const host = { agents: by, largeOutputs, clock, inputs: new InputBudget() };
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
    devices = [{ label: 'agent', 'frontend-open': false }];
    await expect(start()).rejects.toMatchObject({ name: 'AgentUnreachableError', retryable: true });
    expect(guest.sockets.size).toBe(0);
  });

  it('is refused if the machine was started without a port for the agent', async () => {
    devices = [{ label: 'console', 'frontend-open': true }];
    await expect(start()).rejects.toMatchObject({ name: 'DriverError', retryable: false });
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

  it('shows that it still runs', async () => {
    statuses = [...Array.from({ length: 6 }, () => ({ exited: false })), { exited: true, exitcode: 0 }];
    const running = await start();
    running.stdin.end();
    const sizes: number[] = [];
    for await (const { data } of running.output) sizes.push(data.length);
    expect(sizes).toEqual([0, 0]);
  });

  it('survives an agent that does not respond for a while, and is started once', async () => {
    isEndless = true;
    const running = await start({}, { clock: new FastClock() });
    running.stdin.end();
    const ended = outcomeOf(running);
    await eventually(() => expect(commands).toHaveLength(1));
    unanswered.add('guest-exec-status');
    const { size } = guest.sockets;
    await eventually(() => expect(guest.sockets.size).toBeGreaterThan(size + 3));
    unanswered.clear();
    isEndless = false;
    expect(await ended).toMatchObject({ code: 0 });
    expect(commands).toHaveLength(1);
  });

  it('is killed if the agent does not respond for a minute', async () => {
    isEndless = true;
    const running = await start({}, { clock: new FastClock() });
    running.stdin.end();
    unanswered.add('guest-exec-status');
    await Promise.all([
      expect(outcomeOf(running)).rejects.toMatchObject({ name: 'AgentUnreachableError' }),
      eventually(() => expect(commands).toHaveLength(2)).then(() => unanswered.clear()),
    ]);
    expect(commands.map(argumentsOf)).toMatchObject([{ path: 'env' }, { path: 'sh' }]);
  });

  it('is killed if it may have been started', async () => {
    const running = await start();
    running.stdin.end();
    unanswered.add('guest-exec');
    await Promise.all([
      expect(outcomeOf(running)).rejects.toMatchObject({ name: 'AgentUnreachableError' }),
      eventually(() => expect(commands).not.toEqual([])).then(() => unanswered.clear()),
    ]);
    const paths = commands.map((each) => argumentsOf(each)['path']);
    expect(paths.filter((path) => path === 'env')).toHaveLength(1);
    expect(paths.at(-1)).toBe('sh');
  });

  it('is not taken for a process of the next run of its machine', async () => {
    isEndless = true;
    const running = await start();
    running.stdin.end();
    const ended = expect(outcomeOf(running)).rejects.toThrow('stopped or restarted');
    await eventually(() => expect(commands).toHaveLength(1));
    await guest.close();
    [isEndless, forgotten] = [false, []];
    guest = await ScriptedGuest.listen(directory.file('agent'), answer);
    await ended;
    expect([commands.length, forgotten]).toEqual([1, []]);
  });

  it('is lost without a word about the host if its machine is removed', async () => {
    isEndless = true;
    const running = await start();
    running.stdin.end();
    const ended = expect(outcomeOf(running)).rejects.toMatchObject({
      message: 'The virtual machine was stopped or restarted while the command ran',
    });
    await eventually(() => expect(commands).toHaveLength(1));
    rmSync(directory.work, { recursive: true });
    await ended;
  });

  it('does not reveal errors of the host', async () => {
    const running = await start();
    running.stdin.end();
    rmSync(directory.work, { recursive: true });
    await expect(outcomeOf(running)).rejects.toMatchObject({
      ...{ name: 'DriverError', message: 'The host reported an error (ENOENT)' },
    });
  });

  it('is not kept for a client that reads a large output too slowly', async () => {
    const largeOutputs = new LargeOutputs(20);
    statuses = [{ exited: true, exitcode: 0, 'out-data': Buffer.alloc(200_000).toString('base64') }];
    const running = await start({}, { largeOutputs });
    running.stdin.end();
    const output = running.output[Symbol.asyncIterator]();
    expect((await output.next()).value).toMatchObject({ stream: 'stdout' });
    const leave = await largeOutputs.enter(instance.tenantId, new AbortController().signal);
    await expect(output.next()).rejects.toThrow(new SlowReaderError());
    leave();
  });

  it('is killed without waiting for memory for its output', async () => {
    isEndless = true;
    const ending = new AbortController();
    const largeOutputs = new LargeOutputs();
    const leave = await largeOutputs.enter(instance.tenantId, ending.signal);
    const running = await start({}, { signal: ending.signal, largeOutputs });
    running.stdin.end();
    const ended = outcomeOf(running);
    await eventually(() => expect(commands).toHaveLength(1));
    const data = Buffer.alloc(200_000).toString('base64');
    statuses = [{ exited: true }, { exited: true, 'out-data': data }];
    ending.abort();
    expect(await ended).toMatchObject({ code: null });
    expect(forgotten).toEqual([2, 1]);
    leave();
  });

  it('is not captured if nobody wants its output', async () => {
    const running = await start({ dropsOutput: true });
    running.stdin.end();
    expect(await outcomeOf(running)).toMatchObject({ code: 0 });
    expect(argumentsOf(commands[0] ?? {})).toMatchObject({ 'capture-output': false });
  });
});
