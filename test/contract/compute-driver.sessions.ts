import type { Duplex } from 'node:stream';
import type { Command, RunningCommand } from '../../src/drivers';
import { eventually } from '../support/eventually';
import type { Abilities, ExecAbility, SerialAbility, Under } from './compute-driver.abilities';
import { having } from './driver-core';

const WITHIN = { withinMs: 60_000 };
const COMMAND: Command = { command: ['sh'], env: {}, tty: null };
const WITH_TERMINAL: Command = { ...COMMAND, tty: { width: 91, height: 33 } };

interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

/** Tests of the abilities that connect users to guests. */
export function sessionsContract(
  { serial, vnc, exec, terminal }: Abilities,
  under: Under,
  testMs: number,
): void {
  if (exec) execContract({ ...exec, isWhole: !terminal }, under, testMs);
  if (terminal) terminalContract(under, testMs);
  else if (exec) noTerminalContract(under, testMs);
  if (serial) serialContract(serial, under, testMs);
  if (vnc) vncContract(under, testMs);
}

function execContract(
  { isReal, isWhole }: ExecAbility & { readonly isWhole: boolean },
  { subject, core }: Under,
  testMs: number,
): void {
  const tryStart = async (
    command: Partial<Command>,
    signal = new AbortController().signal,
  ): Promise<RunningCommand> =>
    having(subject().driver, 'exec').start(core().call('inspect', signal), { ...COMMAND, ...command });
  /** The agent of a guest starts while the guest boots. */
  const start = (...of: Parameters<typeof tryStart>): Promise<RunningCommand> =>
    eventually(() => tryStart(...of), WITHIN);

  /** How many processes in the guest sleep for the tests. */
  const sleepers = async (): Promise<number> => {
    const list =
      'for each in /proc/[0-9]*; do tr "\\0" " " < $each/cmdline; echo; done | grep -c "[s]leep 1234"';
    return Number((await outcomeOf(await start({ command: ['sh', '-c', list] }))).stdout);
  };

  it(
    'runs commands with output, environment, standard input and exit code',
    async () => {
      await core().create();
      const echo = await start({ command: ['echo', 'one', 'two'] });
      expect(await outcomeOf(echo)).toEqual({ stdout: 'one two\n', stderr: '', code: 0 });
      const failing = await start({ command: ['sh', '-c', 'exit 42'] });
      expect(await outcomeOf(failing)).toMatchObject({ code: 42 });
      if (isReal) {
        const killed = await start({ command: ['sh', '-c', 'kill -9 $$'] });
        expect(await outcomeOf(killed)).toMatchObject({ code: 137 });
        const { code } = await outcomeOf(await start({ command: ['no-such-program'] }));
        // Docker Engine reports 126.
        expect([126, 127]).toContain(code);
      }
      const { stdout } = await outcomeOf(await start({ command: ['env'], env: { SESSION_VALUE: 'a b=ö' } }));
      expect(stdout).toContain('SESSION_VALUE=a b=ö\n');
      const cat = await start({ command: ['cat'] });
      cat.stdin.end('typed');
      expect(await outcomeOf(cat)).toEqual({ stdout: 'typed', stderr: '', code: 0 });
    },
    testMs,
  );

  it(
    'ends the command and its output when the signal aborts',
    async () => {
      await core().create();
      const ending = new AbortController();
      const command = await start({ command: ['sh', '-c', 'echo begun; sleep 1234; exit'] }, ending.signal);
      const seen = collect(command);
      if (isWhole) command.stdin.end();
      else await eventually(() => expect(seen.stdout).toBe('begun\n'), WITHIN);
      if (isReal) await eventually(async () => expect(await sleepers()).toBeGreaterThan(0), WITHIN);
      ending.abort();
      await eventually(() => expect(seen.hasEnded).toBe(true), WITHIN);
      if (isReal) await eventually(async () => expect(await sleepers()).toBe(0), WITHIN);
    },
    testMs,
  );

  it(
    'refuses a command in a stopped guest',
    async () => {
      await core().create();
      await core().stop();
      await expect(tryStart({})).rejects.toMatchObject({ name: 'DriverError', retryable: false });
    },
    testMs,
  );
}

function terminalContract({ subject, core }: Under, testMs: number): void {
  it(
    'gives a command a terminal, resizes it, and interrupts with Ctrl-C',
    async () => {
      await core().create();
      const shell = await having(subject().driver, 'exec').start(core().call('inspect'), WITH_TERMINAL);
      const seen = collect(shell);
      shell.stdin.write('stty size\r');
      await eventually(() => expect(seen.stdout).toMatch(/\r\n33 91\r\n/), WITHIN);
      await shell.resize({ width: 120, height: 40 });
      shell.stdin.write('stty size\r');
      await eventually(() => expect(seen.stdout).toMatch(/\r\n40 120\r\n/), WITHIN);
      shell.stdin.write('sleep 1000\r');
      await eventually(() => expect(seen.stdout).toMatch(/sleep 1000\r\n/), WITHIN);
      await eventually(() => {
        // Repeated, because the first ones may arrive before the shell has started the program.
        shell.stdin.write('\u0003');
        expect(seen.stdout).toMatch(/sleep 1000\r\n[^]*[$#] /);
      }, WITHIN);
      shell.stdin.write('exit 5\r');
      await eventually(() => expect(seen.hasEnded).toBe(true), WITHIN);
      expect(await shell.exitCode()).toBe(5);
    },
    testMs,
  );
}

function noTerminalContract({ subject, core }: Under, testMs: number): void {
  it(
    'refuses a command with a terminal',
    async () => {
      await core().create();
      const starting = having(subject().driver, 'exec').start(core().call('inspect'), WITH_TERMINAL);
      await expect(starting).rejects.toMatchObject({ name: 'DriverError', retryable: false });
    },
    testMs,
  );
}

function serialContract(
  { after, typed, answers }: SerialAbility,
  { subject, core }: Under,
  testMs: number,
): void {
  it(
    'connects the serial console in both directions, until the signal aborts',
    async () => {
      await core().create();
      const ending = new AbortController();
      const serial = await having(subject().driver, 'serial').connect(core().call('inspect', ending.signal));
      const seen = read(serial);
      await eventually(() => expect(seen.text).toMatch(after), WITHIN);
      const before = seen.text.length;
      serial.write(typed);
      await eventually(() => expect(seen.text.slice(before)).toMatch(answers), WITHIN);
      ending.abort();
      await seen.ended;
      expect(serial.destroyed).toBe(true);
    },
    testMs,
  );
}

function vncContract({ subject, core }: Under, testMs: number): void {
  it(
    'connects to the screen, a server of the RFB protocol',
    async () => {
      await core().create();
      const ending = new AbortController();
      const screen = await having(subject().driver, 'vnc').connect(core().call('inspect', ending.signal));
      const seen = read(screen);
      await eventually(() => expect(seen.text).toMatch(/^RFB 003\.\d{3}\n/), WITHIN);
      ending.abort();
      await seen.ended;
    },
    testMs,
  );
}

/** Reads in the background; `ended` resolves at the end or at an error. */
function read(stream: Duplex): { text: string; readonly ended: Promise<void> } {
  const seen = { text: '', ended: new Promise<void>((resolve) => stream.once('close', () => resolve())) };
  stream.on('error', () => undefined);
  stream.on('data', (chunk: Buffer) => (seen.text += chunk.toString()));
  return seen;
}

/** The same for a command. */
function collect(command: RunningCommand): { stdout: string; stderr: string; hasEnded: boolean } {
  const seen = { stdout: '', stderr: '', hasEnded: false };
  const run = async (): Promise<void> => {
    for await (const { stream, data } of command.output) seen[stream] += data.toString();
  };
  // It rejects if the signal was aborted.
  run()
    .catch(() => undefined)
    .finally(() => (seen.hasEnded = true));
  return seen;
}

async function outcomeOf(command: RunningCommand): Promise<Outcome> {
  if (!command.stdin.writableEnded) command.stdin.end();
  const outcome = { stdout: '', stderr: '' };
  for await (const { stream, data } of command.output) outcome[stream] += data.toString();
  return { ...outcome, code: await command.exitCode() };
}
