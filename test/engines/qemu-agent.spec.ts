import type { Command, CommandOutput, DriverHandle, InstanceSpec } from '../../src/drivers';
import type { QemuDriver } from '../../src/drivers/qemu/qemu.driver';
import { having } from '../contract/driver-core';
import { callFor } from '../support/builders';
import { describeQemu } from '../support/engines/qemu-engine';
import { eventually } from '../support/eventually';

const BUSY = { withinMs: 120_000 };
const TEST_MS = 300_000;

interface Outcome {
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly code: number | null;
}

describeQemu('the guest agent of qemu machines', ({ engine, driver }) => {
  async function run(
    by: QemuDriver,
    instance: InstanceSpec,
    script: string,
    input: Buffer | string = '',
  ): Promise<Outcome> {
    const { signal } = new AbortController();
    const command: Command = { command: ['sh', '-c', script], env: {}, tty: null };
    const running = await having(by, 'exec').start({ ...callFor(instance), signal }, command);
    running.stdin.on('error', () => undefined);
    running.stdin.end(input);
    const output: Record<CommandOutput['stream'], Buffer[]> = { stdout: [], stderr: [] };
    for await (const { stream, data } of running.output) output[stream].push(data);
    const [stdout, stderr] = [Buffer.concat(output.stdout), Buffer.concat(output.stderr).toString()];
    return { stdout, stderr, code: await running.exitCode() };
  }

  /** Runs a script beside the agent, which it ends: perhaps before the agent has answered. */
  async function runBeside(instance: InstanceSpec, script: string): Promise<void> {
    await run(driver(), instance, `(setsid sh -c '${script}') >/dev/null 2>&1 &`).catch((error: unknown) =>
      expect(error).toMatchObject({ name: 'AgentUnreachableError' }),
    );
  }

  async function withAgent(): Promise<InstanceSpec> {
    const instance = engine().instance();
    await driver().create(callFor(instance));
    await eventually(() => run(driver(), instance, 'true'), BUSY);
    return instance;
  }

  it(
    'serves the commands of two processes of the service at once',
    async () => {
      const instance = await withAgent();
      const other = engine().driver();
      const numbers = Array.from({ length: 20 }, (_, index) => index);
      const outcomes = await Promise.all(
        numbers.map((number) =>
          run(number % 2 === 0 ? driver() : other, instance, `cat; exit ${number}`, `input ${number}`),
        ),
      );
      expect(outcomes.map(({ stdout, code }) => [stdout.toString(), code])).toEqual(
        numbers.map((number) => [`input ${number}`, number]),
      );
    },
    TEST_MS,
  );

  it(
    'passes 1 MiB of input and output, and refuses more input',
    async () => {
      const instance = await withAgent();
      const input = Buffer.alloc(1_048_576, 'input ');
      const echo = await run(driver(), instance, 'cat', input);
      expect([echo.stdout.equals(input), echo.code]).toEqual([true, 0]);
      const more = run(driver(), instance, 'cat', Buffer.concat([input, Buffer.of(0)]));
      await expect(more).rejects.toThrow('takes at most 1048576 bytes of standard input');
    },
    TEST_MS,
  );

  it(
    'is missed with an error that can be retried, and found again after it was started',
    async () => {
      const instance = await withAgent();
      const agent = 'qemu-ga -p /dev/vport*p1 -f /run/qemu-ga.pid -t /run';
      const restart = `kill "$(cat /run/qemu-ga.pid)"; read line </dev/ttyS0; exec ${agent}`;
      await runBeside(instance, restart);
      await eventually(async () => {
        const refused: unknown = await run(driver(), instance, 'true').catch((error: unknown) => error);
        expect(refused).toMatchObject({ name: 'AgentUnreachableError', retryable: true });
        expect(String(refused)).toMatch(/No agent runs in the guest\. Install/);
      }, BUSY);
      const serial = await having(driver(), 'serial').connect(callFor(instance));
      serial.write('go\r');
      await eventually(() => run(driver(), instance, 'true'), BUSY);
      serial.destroy();
    },
    TEST_MS,
  );

  it(
    'can be replaced by a hostile program, which is neither believed nor waited for',
    async () => {
      const instance = await withAgent();
      // The port cannot be opened before the agent has closed it. The shell expands no pattern in a redirection.
      const yes = 'yes "{\\"return\\": 1}" >"$port"';
      const flood = `port=$(echo /dev/vport*p1); kill "$(cat /run/qemu-ga.pid)"; until ${yes}; do sleep 0.1; done`;
      await runBeside(instance, flood);
      await eventually(async () => {
        // The agent may still be ending at the first attempt; at the second, only the program is there.
        for (let attempt = 0; attempt < 2; attempt++) {
          await expect(run(driver(), instance, 'true')).rejects.toThrow('The guest agent does not respond');
        }
      }, BUSY);
      expect(await driver().inspect(callFor(instance))).toMatchObject({ power: 'running' });
    },
    TEST_MS,
  );

  it(
    'is used by machines from their next start on, after their image declares it',
    async () => {
      const { id } = engine().instance();
      const before = engine().instance({ id, image: { ...engine().image, guestAgent: false } });
      const after = engine().instance({ id });
      const exec = having(driver(), 'exec');
      const reasonFor = (handle: DriverHandle): string | undefined => exec.whyNot?.(handle);

      const created = await driver().create(callFor(before));
      expect(reasonFor(created.handle)).toMatch(/does not declare QEMU's guest agent/);
      const again = await driver().start(callFor(after));
      expect(reasonFor(again.handle)).toMatch(/does not declare QEMU's guest agent/);
      await expect(run(driver(), after, 'true')).rejects.toMatchObject({ retryable: false });
      await driver().stop(callFor(after));
      const started = await driver().start(callFor(after));
      expect(reasonFor(started.handle)).toBeUndefined();
      await eventually(() => run(driver(), after, 'true'), BUSY);
      await driver().stop(callFor(after));
      // An image that the catalog no longer has.
      const later = await driver().start(callFor(engine().instance({ id, image: null })));
      expect(reasonFor(later.handle)).toBeUndefined();
    },
    TEST_MS,
  );
});
