import type { Writable } from 'node:stream';
import { Logger } from '@nestjs/common';
import { abortOnTimeout, raceAbort, TimeoutError } from '../../../platform/async/timeout';
import { DriverError, type DriverCall } from '../../port/driver-call';
import { SlowReaderError, type Command, type CommandOutput, type RunningCommand } from '../../port/sessions';
import { killMarked, newMark } from '../../probes/marked-processes';
import { AgentRefusedError, InvalidResponseError } from '../agent/agent.errors';
import { CommandInput } from '../agent/command-input';
import type { GuestAgent, GuestCommandStatus } from '../agent/guest-agent';
import type { InstanceDirectory } from '../files/instance-directory';
import { asDriverError } from '../qemu.errors';
import type { QemuHost } from '../qemu.host';
import { CommandOutputs } from './command-outputs';

/** Times between the first questions whether a command has ended, on one connection: most end soon. */
const FIRST_LOOKS_MS = [5, 10, 20, 40, 80];
const LOOK_EVERY_MS = { first: 200, last: 1000 };
/** How long the agent may fail to respond before a command that has started is given up. */
const PATIENCE_MS = 60_000;
const KILL_MS = 10_000;
/** A shell reports a command that a signal has ended like this. */
const SIGNALED = 128;
const STILL_RUNS: CommandOutput = { stream: 'stdout', data: Buffer.alloc(0) };

interface AgentPlace {
  readonly host: Pick<QemuHost, 'agents' | 'largeOutputs' | 'inputs' | 'clock'>;
  readonly directory: InstanceDirectory;
  readonly hasAgent: boolean;
}

/**
 * Runs a command through the guest agent, which can do so only as a whole: the command starts when its standard input has
 * ended, and its output comes when it has ended.
 * @throws {DriverError} if it needs a terminal, or no agent responds
 */
export async function startInGuest(
  place: AgentPlace,
  { instance: { tenantId }, signal }: DriverCall,
  command: Command,
): Promise<RunningCommand> {
  if (command.tty)
    throw new DriverError('The guest agent cannot give commands a terminal', { retryable: false });
  // `env` would take it for a variable.
  if (command.command[0]?.includes('=') === true)
    throw new DriverError('The name of the program must not contain "="', { retryable: false });
  const { host, directory, hasAgent } = place;
  await host.agents.assertResponds(directory, hasAgent, signal);
  return new AgentCommand({ ...place, tenantId, signal }, command);
}

class AgentCommand implements RunningCommand {
  readonly stdin: Writable;
  readonly output: AsyncIterable<CommandOutput>;
  private readonly input: CommandInput;
  private readonly mark = newMark();
  private code: number | null = null;
  /** Whether it may be running. */
  private mayRun = false;
  private pid: number | undefined;
  /** The run of the machine in which the command was started: the next one has other processes with the same ids. */
  private run: string | null = null;
  /** Gives the place of a large output back. */
  private leave: (() => void) | undefined;

  constructor(
    private readonly place: AgentPlace & { readonly tenantId: string; readonly signal: AbortSignal },
    private readonly command: Command,
  ) {
    this.input = new CommandInput(place.tenantId, place.host.inputs);
    this.stdin = this.input.stdin;
    this.output = this.outputs();
  }

  /** A size requires a terminal. */
  resize(): Promise<void> {
    return Promise.resolve();
  }

  exitCode(): Promise<number | null> {
    return Promise.resolve(this.code);
  }

  private async *outputs(): AsyncGenerator<CommandOutput> {
    const { signal } = this.place;
    try {
      await raceAbort(this.input.ended, signal);
      yield* this.delivered(this.outputsOf(yield* this.untilEnded()));
    } catch (error) {
      if (!signal.aborted) throw asDriverError(error);
    } finally {
      this.input.release();
      this.leavePlace();
      if (this.mayRun) await this.kill();
    }
  }

  private async *untilEnded(): AsyncGenerator<CommandOutput, NonNullable<GuestCommandStatus>> {
    const { signal } = this.place;
    let status = await this.start();
    for (let everyMs = LOOK_EVERY_MS.first; !status; everyMs = Math.min(2 * everyMs, LOOK_EVERY_MS.last)) {
      yield STILL_RUNS;
      await this.pause(everyMs, signal);
      status = await this.ask(signal, (agent) => this.statusBy(agent));
    }
    this.mayRun = false;
    return status;
  }

  /** @returns how it has ended, if it does so soon */
  private async start(): Promise<GuestCommandStatus> {
    const { host, directory, signal } = this.place;
    try {
      return await host.agents.use(directory, signal, async (agent) => {
        this.run = await host.agents.runOf(directory);
        this.pid = await this.startBy(agent);
        for (const ms of FIRST_LOOKS_MS) {
          await this.pause(ms, signal);
          const status = await this.statusBy(agent);
          if (status) return status;
        }
        return null;
      });
    } catch (error) {
      if (this.pid === undefined || !this.isTemporary(error)) throw error;
      return null;
    }
  }

  private async startBy(agent: GuestAgent): Promise<number> {
    const { env, command, dropsOutput } = this.command;
    // The agent would replace its environment, including the search path, by the variables of the command.
    const variables = [...Object.entries(env).map(([name, value]) => `${name}=${value}`), this.mark];
    const input = this.input.content();
    this.mayRun = true;
    try {
      return await agent.exec({
        ...{ path: 'env', args: [...variables, ...command], isCaptured: dropsOutput !== true },
        ...(input.length > 0 && { input }),
      });
    } catch (error) {
      if (error instanceof AgentRefusedError) this.mayRun = false;
      throw error;
    } finally {
      this.input.release();
    }
  }

  private statusBy(agent: GuestAgent): Promise<GuestCommandStatus> {
    const { host, tenantId, signal } = this.place;
    const admit = async (): Promise<void> => {
      this.leave = await host.largeOutputs.enter(tenantId, signal);
    };
    return agent.status(this.pid ?? 0, this.command.dropsOutput === true ? undefined : admit);
  }

  /** Asks the agent something about the command, again if it does not respond for a while. */
  private async ask<T>(signal: AbortSignal, question: (agent: GuestAgent) => Promise<T>): Promise<T> {
    const { host, directory } = this.place;
    let silentSince: number | undefined;
    for (;;) {
      try {
        return await host.agents.use(directory, signal, async (agent) => {
          await this.assertSameRun();
          return question(agent);
        });
      } catch (error) {
        signal.throwIfAborted();
        await this.assertSameRun();
        silentSince ??= host.clock.now();
        if (!this.isTemporary(error) || host.clock.now() - silentSince >= PATIENCE_MS) throw error;
      }
      await this.pause(LOOK_EVERY_MS.last, signal);
    }
  }

  /** Rejects with the reason of the signal. */
  private async pause(ms: number, signal: AbortSignal): Promise<void> {
    await this.place.host.clock.wait(ms, signal).catch((error: unknown) => {
      signal.throwIfAborted();
      throw error;
    });
  }

  /** Whether another question may be answered. The agent has forgotten a command whose large output it has sent. */
  private isTemporary(error: unknown): boolean {
    if (this.leave || error instanceof InvalidResponseError) return false;
    return error instanceof DriverError && error.retryable;
  }

  private async assertSameRun(): Promise<void> {
    const { host, directory } = this.place;
    if ((await host.agents.runOf(directory)) === this.run) return;
    this.mayRun = false;
    throw new DriverError('The virtual machine was stopped or restarted while the command ran', {
      retryable: false,
    });
  }

  private outputsOf(status: NonNullable<GuestCommandStatus>): CommandOutputs {
    this.code = status.signal === null ? status.exitCode : SIGNALED + status.signal;
    return new CommandOutputs(status);
  }

  /** @throws {SlowReaderError} if a large output was not read in time */
  private async *delivered(outputs: CommandOutputs): AsyncGenerator<CommandOutput> {
    const late = new AbortController();
    const end = (): void => {
      late.abort();
      outputs.drop();
      this.leavePlace();
    };
    const timer = this.leave && setTimeout(end, this.place.host.largeOutputs.deliveryMs);
    try {
      yield* outputs.parts();
    } finally {
      clearTimeout(timer);
    }
    if (late.signal.aborted) throw new SlowReaderError();
  }

  private leavePlace(): void {
    this.leave?.();
    this.leave = undefined;
  }

  /** Ends the command with everything that it has started. The agent forgets it when it has reported its end. */
  private async kill(): Promise<void> {
    try {
      await abortOnTimeout({ timeoutMs: KILL_MS }, async (signal) => {
        const [path = '', ...args] = killMarked(this.mark);
        const killer = await this.ask(signal, (agent) => agent.exec({ path, args, isCaptured: false }));
        await this.forgotten(killer, signal);
        if (this.pid !== undefined) await this.forgotten(this.pid, signal);
      });
    } catch (error) {
      // Otherwise, the guest has stopped, has no shell, or its agent does not respond.
      if (!(error instanceof DriverError || error instanceof TimeoutError))
        new Logger('QemuDriver').warn({ err: error }, 'failed to end a command whose session was closed');
    }
  }

  private async forgotten(pid: number, signal: AbortSignal): Promise<void> {
    for (let everyMs = LOOK_EVERY_MS.first; ; everyMs = Math.min(2 * everyMs, LOOK_EVERY_MS.last)) {
      await this.pause(everyMs, signal);
      if (await this.ask(signal, (agent) => agent.status(pid))) return;
    }
  }
}
