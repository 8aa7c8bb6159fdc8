import { rmSync } from 'node:fs';
import { eventually } from '../../../../test/support/eventually';
import { argumentsOf, outcomeOf, ScriptedMachine } from '../../../../test/support/scripted-machine';
import { Clock } from '../../../platform/async/clock';
import { SlowReaderError } from '../../port/sessions';
import { LargeOutputs } from '../agent/large-outputs';

/** Time passes a hundred times as fast. */
class FastClock extends Clock {
  override now(): number {
    return 100 * super.now();
  }

  override wait(ms: number, signal: AbortSignal): Promise<void> {
    return super.wait(ms / 100, signal);
  }
}

describe('a command through a guest agent that fails, or with a slow client', () => {
  let machine: ScriptedMachine;
  beforeEach(async () => {
    machine = new ScriptedMachine();
    await machine.start();
  });
  afterEach(() => machine.close());

  it('is lost if the agent no longer knows it', async () => {
    machine.statuses = [{}];
    const running = await machine.run();
    running.stdin.end();
    await expect(outcomeOf(running)).rejects.toThrow('The guest agent has sent an invalid response');
  });

  it('survives an agent that does not respond for a while, and is started once', async () => {
    const running = await machine.run();
    machine.unanswered.set('guest-exec-status', 2);
    running.stdin.end();
    expect(await outcomeOf(running)).toMatchObject({ code: 0 });
    expect([machine.commands.length, machine.unanswered.get('guest-exec-status')]).toEqual([1, -1]);
  });

  it('is killed if the agent does not respond for a minute', async () => {
    machine.isEndless = true;
    const running = await machine.run({}, { clock: new FastClock() });
    running.stdin.end();
    machine.unanswered.set('guest-exec-status', Infinity);
    await Promise.all([
      expect(outcomeOf(running)).rejects.toMatchObject({ name: 'AgentUnreachableError' }),
      eventually(() => expect(machine.commands).toHaveLength(2)).then(() => machine.unanswered.clear()),
    ]);
    expect(machine.commands.map(argumentsOf)).toMatchObject([{ path: 'env' }, { path: 'sh' }]);
  });

  it('is killed if it may have been started', async () => {
    const running = await machine.run();
    machine.unanswered.set('guest-exec', 1);
    running.stdin.end();
    await expect(outcomeOf(running)).rejects.toMatchObject({ name: 'AgentUnreachableError' });
    expect(machine.commands.map(argumentsOf)).toMatchObject([{ path: 'env' }, { path: 'sh' }]);
  });

  it('is not taken for a process of the next run of its machine', async () => {
    machine.isEndless = true;
    const running = await machine.run();
    running.stdin.end();
    const ended = expect(outcomeOf(running)).rejects.toThrow('stopped or restarted');
    await eventually(() => expect(machine.commands).toHaveLength(1));
    await machine.restart();
    await ended;
    expect([machine.commands.length, machine.forgotten]).toEqual([1, []]);
  });

  it('is lost without a word about the host if its machine is removed', async () => {
    machine.isEndless = true;
    const running = await machine.run();
    running.stdin.end();
    const ended = expect(outcomeOf(running)).rejects.toMatchObject({
      message: 'The virtual machine was stopped or restarted while the command ran',
    });
    await eventually(() => expect(machine.commands).toHaveLength(1));
    rmSync(machine.directory.work, { recursive: true });
    await ended;
  });

  it('does not reveal errors of the host', async () => {
    const running = await machine.run();
    running.stdin.end();
    rmSync(machine.directory.work, { recursive: true });
    await expect(outcomeOf(running)).rejects.toMatchObject({
      ...{ name: 'DriverError', message: 'The host reported an error (ENOENT)' },
    });
  });

  it('is not kept for a client that reads a large output too slowly', async () => {
    const largeOutputs = new LargeOutputs(20);
    machine.statuses = [{ exited: true, exitcode: 0, 'out-data': Buffer.alloc(200_000).toString('base64') }];
    const running = await machine.run({}, { largeOutputs });
    running.stdin.end();
    const output = running.output[Symbol.asyncIterator]();
    expect((await output.next()).value).toMatchObject({ stream: 'stdout' });
    const leave = await largeOutputs.enter(machine.instance.tenantId, new AbortController().signal);
    await expect(output.next()).rejects.toThrow(new SlowReaderError());
    leave();
  });

  it('is killed without waiting for memory for its output', async () => {
    machine.isEndless = true;
    const ending = new AbortController();
    const largeOutputs = new LargeOutputs();
    const leave = await largeOutputs.enter(machine.instance.tenantId, ending.signal);
    const running = await machine.run({}, { signal: ending.signal, largeOutputs });
    running.stdin.end();
    const ended = outcomeOf(running);
    await eventually(() => expect(machine.commands).toHaveLength(1));
    const data = Buffer.alloc(200_000).toString('base64');
    machine.statuses = [{ exited: true }, { exited: true, 'out-data': data }];
    ending.abort();
    expect(await ended).toMatchObject({ code: null });
    expect(machine.forgotten).toEqual([2, 1]);
    leave();
  });
});
