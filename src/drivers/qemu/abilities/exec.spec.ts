import { eventually } from '../../../../test/support/eventually';
import { argumentsOf, outcomeOf, ScriptedMachine } from '../../../../test/support/scripted-machine';
import { Clock } from '../../../platform/async/clock';
import { InstanceLock } from '../machine/instance-lock';

describe('a command through the guest agent', () => {
  let machine: ScriptedMachine;
  beforeEach(async () => {
    machine = new ScriptedMachine();
    await machine.start();
  });
  afterEach(() => machine.close());

  it('starts when its input ends, with the variables, and gives the output when it has ended', async () => {
    machine.statuses = [
      { exited: false },
      { exited: true, exitcode: 3, 'out-data': 'b3V0', 'err-data': 'ZXJy', 'out-truncated': true },
    ];
    const running = await machine.run();
    running.stdin.write('typed ');
    expect(machine.commands).toEqual([]);
    running.stdin.end('twice');
    expect(await outcomeOf(running)).toEqual({
      stdout: 'out',
      stderr: 'err[The guest agent has dropped stdout after 16 MB]\n',
      code: 3,
    });
    const [asked] = machine.commands.map(argumentsOf);
    expect(asked).toMatchObject({ path: 'env', 'capture-output': true, 'input-data': 'dHlwZWQgdHdpY2U=' });
    expect(asked?.['arg']).toEqual(['A=1', expect.stringMatching(/^UIM_SESSION=/), 'ls', '-l']);
  });

  it('has the exit code of a shell if a signal has ended it', async () => {
    machine.statuses = [{ exited: true, signal: 9 }];
    const running = await machine.run();
    running.stdin.end();
    expect(await outcomeOf(running)).toEqual({ stdout: '', stderr: '', code: 137 });
    expect(argumentsOf(machine.commands[0] ?? {})).not.toHaveProperty('input-data');
  });

  it('gives large outputs in parts', async () => {
    const output = Buffer.alloc(200_000, 'x');
    machine.statuses = [{ exited: true, exitcode: 0, 'out-data': output.toString('base64') }];
    const running = await machine.run();
    running.stdin.end();
    const sizes: number[] = [];
    for await (const { data } of running.output) sizes.push(data.length);
    expect(sizes).toEqual([65_536, 65_536, 65_536, 3392]);
  });

  it('is refused with a terminal, a program that looks like a variable, or without a port for the agent', async () => {
    const refused = { name: 'DriverError', retryable: false };
    await expect(machine.run({ tty: { width: 80, height: 24 } })).rejects.toMatchObject(refused);
    await expect(machine.run({ command: ['A=2', 'ls'] })).rejects.toMatchObject(refused);
    await expect(machine.run({}, { hasAgent: false })).rejects.toMatchObject(refused);
    expect([machine.guest.sockets.size, machine.qemu.sockets.size]).toEqual([0, 0]);
  });

  it('is refused for now if no agent listens, without waiting for one', async () => {
    machine.devices = [{ label: 'agent', 'frontend-open': false }];
    await expect(machine.run()).rejects.toMatchObject({ name: 'AgentUnreachableError', retryable: true });
    expect(machine.guest.sockets.size).toBe(0);
  });

  it('is refused if the machine was started without a port for the agent', async () => {
    machine.devices = [{ label: 'console', 'frontend-open': true }];
    await expect(machine.run()).rejects.toMatchObject({ name: 'DriverError', retryable: false });
  });

  it('is refused if the machine does not run', async () => {
    await machine.qemu.close();
    await expect(machine.run()).rejects.toThrow('The virtual machine is not running');
  });

  it('is not started if there is too much input', async () => {
    const running = await machine.run();
    running.stdin.on('error', () => undefined);
    running.stdin.write(Buffer.alloc(1_048_576));
    running.stdin.end('x');
    await expect(outcomeOf(running)).rejects.toMatchObject({ name: 'DriverError', retryable: false });
    expect(machine.commands).toEqual([]);
  });

  it('is not started if the session ends before its input', async () => {
    const ending = new AbortController();
    const running = await machine.run({}, { signal: ending.signal });
    const ended = outcomeOf(running);
    ending.abort();
    expect(await ended).toMatchObject({ code: null });
    expect(machine.commands).toEqual([]);
  });

  it('is killed with all its processes if the session ends before it, and then forgotten by the agent', async () => {
    machine.isEndless = true;
    const ending = new AbortController();
    const running = await machine.run({}, { signal: ending.signal });
    const ended = outcomeOf(running);
    running.stdin.end();
    await eventually(() => expect(machine.commands).toHaveLength(1));
    ending.abort();
    expect(await ended).toEqual({ stdout: '', stderr: '', code: null });
    const mark = argumentsOf(machine.commands[0] ?? {})['arg'];
    const killer = argumentsOf(machine.commands[1] ?? {});
    expect(killer).toMatchObject({ path: 'sh', 'capture-output': false });
    expect(Array.isArray(mark) && Array.isArray(killer['arg']) && killer['arg'][2] === mark[1]).toBe(true);
    expect(machine.forgotten).toEqual([2, 1]);
  });

  it('is neither started nor killed if the session ends while it waits for its turn', async () => {
    const ending = new AbortController();
    const running = await machine.run({}, { signal: ending.signal });
    let release = (): void => undefined;
    const turn = new Promise<void>((resolve) => (release = resolve));
    const held = new InstanceLock(machine.root, new Clock()).tryHold(
      `${machine.instance.id}.agent`,
      () => turn,
    );
    running.stdin.end();
    const ended = outcomeOf(running);
    await new Promise((resolve) => setImmediate(resolve));
    ending.abort();
    release();
    await held;
    expect(await ended).toMatchObject({ code: null });
    expect(machine.commands).toEqual([]);
  });

  it('takes turns with others, of this process and of another one', async () => {
    const [one, another] = [machine.agents(), machine.agents()];
    const outcomes = Array.from({ length: 30 }, async (_, index) => {
      const running = await machine.run({}, { by: index % 2 === 0 ? one : another });
      running.stdin.end();
      return outcomeOf(running);
    });
    expect(await Promise.all(outcomes)).toHaveLength(30);
    expect(machine.commands).toHaveLength(30);
    expect([machine.guest.most, machine.qemu.most]).toEqual([1, 1]);
  });

  it('shows that it still runs', async () => {
    machine.statuses = [
      ...Array.from({ length: 6 }, () => ({ exited: false })),
      { exited: true, exitcode: 0 },
    ];
    const running = await machine.run();
    running.stdin.end();
    const sizes: number[] = [];
    for await (const { data } of running.output) sizes.push(data.length);
    expect(sizes).toEqual([0, 0]);
  });

  it('is not captured if nobody wants its output', async () => {
    const running = await machine.run({ dropsOutput: true });
    running.stdin.end();
    expect(await outcomeOf(running)).toMatchObject({ code: 0 });
    expect(argumentsOf(machine.commands[0] ?? {})).toMatchObject({ 'capture-output': false });
  });
});
