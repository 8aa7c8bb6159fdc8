import { Writable } from 'node:stream';
import { Logger } from '@nestjs/common';
import { abortOnTimeout, raceAbort, TimeoutError } from '../../../platform/async/timeout';
import { sleep } from '../../../platform/async/sleep';
import { DriverError, type DriverCall } from '../../port/driver-call';
import type { Command, CommandOutput, RunningCommand } from '../../port/sessions';
import { killMarked, newMark } from '../../probes/marked-processes';
import type { GuestAgent, GuestCommandStatus } from '../agent/guest-agent';
import type { InstanceDirectory } from '../files/instance-directory';
import type { QemuHost } from '../qemu.host';

/** The agent takes standard input as a whole. */
const MAX_INPUT_BYTES = 1_048_576;
/** Of one message to the client. */
const CHUNK_BYTES = 65_536;
/** Times between the first questions whether a command has ended, on one connection: most end soon. */
const FIRST_LOOKS_MS = [5, 10, 20, 40, 80];
const LOOK_EVERY_MS = { first: 200, last: 1000 };
const KILL_MS = 10_000;
/** A shell reports a command that a signal has ended like this. */
const SIGNALED = 128;

interface AgentPlace {
  readonly host: Pick<QemuHost, 'agents' | 'largeOutputs'>;
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
  private readonly input: Promise<Buffer>;
  private readonly mark = newMark();
  private code: number | null = null;

  constructor(
    private readonly place: AgentPlace & { readonly tenantId: string; readonly signal: AbortSignal },
    private readonly command: Command,
  ) {
    const { stdin, input } = collected();
    this.stdin = stdin;
    this.input = input;
    this.output = this.run();
  }

  /** Without a terminal, there is no size. */
  resize(): Promise<void> {
    return Promise.resolve();
  }

  exitCode(): Promise<number | null> {
    return Promise.resolve(this.code);
  }

  private async *run(): AsyncGenerator<CommandOutput> {
    const { signal, host, tenantId } = this.place;
    let leave = (): void => undefined;
    const admit = async (): Promise<void> => {
      leave = await host.largeOutputs.enter(tenantId, signal);
    };
    try {
      const input = await raceAbort(this.input, signal);
      const status = await this.statusOf(input, admit);
      this.code = status.signal === null ? status.exitCode : SIGNALED + status.signal;
      yield* chunksOf(status);
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      leave();
    }
  }

  /** @throws {DriverError}, or if the signal aborts, after the command was killed */
  private async statusOf(
    input: Buffer,
    admit: () => Promise<void>,
  ): Promise<NonNullable<GuestCommandStatus>> {
    const { host, directory, signal } = this.place;
    const { env, command } = this.command;
    // The agent would replace its environment, including the search path, by the variables of the command.
    const variables = [...Object.entries(env).map(([name, value]) => `${name}=${value}`), this.mark];
    const args = [...variables, ...command];
    const started: Started = { isSent: false };
    try {
      const early = await host.agents.use(directory, signal, async (agent) => {
        started.isSent = true;
        started.pid = await agent.exec({
          ...{ path: 'env', args, isCaptured: true },
          ...(input.length > 0 && { input }),
        });
        return soonEnded(agent, started.pid, admit, signal);
      });
      return early ?? (await this.ended(started.pid ?? 0, admit, signal));
    } catch (error) {
      if (signal.aborted && started.isSent) await this.kill(started);
      throw error;
    }
  }

  private async ended(
    pid: number,
    admit: () => Promise<void>,
    signal: AbortSignal,
  ): Promise<NonNullable<GuestCommandStatus>> {
    const { host, directory } = this.place;
    for (let everyMs = LOOK_EVERY_MS.first; ; everyMs = Math.min(2 * everyMs, LOOK_EVERY_MS.last)) {
      await sleep(everyMs, signal);
      const status = await host.agents.use(directory, signal, (agent) => agent.status(pid, admit));
      if (status) return status;
    }
  }

  /** Ends the command with everything that it has started. The agent forgets it when it has reported its end. */
  private async kill({ pid }: Started): Promise<void> {
    const { host, directory, tenantId } = this.place;
    let leave = (): void => undefined;
    try {
      await abortOnTimeout({ timeoutMs: KILL_MS }, async (signal) => {
        const [path = '', ...args] = killMarked(this.mark);
        const killer = await host.agents.use(directory, signal, (agent) =>
          agent.exec({ path, args, isCaptured: false }),
        );
        const admit = async (): Promise<void> => {
          leave = await host.largeOutputs.enter(tenantId, signal);
        };
        for (const each of [killer, ...(pid === undefined ? [] : [pid])])
          await this.ended(each, admit, signal);
      });
    } catch (error) {
      // Otherwise, the guest has stopped, has no shell, or its agent does not respond.
      if (!(error instanceof DriverError || error instanceof TimeoutError))
        new Logger('QemuDriver').warn({ err: error }, 'failed to end a command whose session was closed');
    } finally {
      leave();
    }
  }
}

interface Started {
  /** Whether it may have been started. */
  isSent: boolean;
  pid?: number;
}

async function soonEnded(
  agent: GuestAgent,
  pid: number,
  admit: () => Promise<void>,
  signal: AbortSignal,
): Promise<GuestCommandStatus> {
  for (const ms of FIRST_LOOKS_MS) {
    await sleep(ms, signal);
    const status = await agent.status(pid, admit);
    if (status) return status;
  }
  return null;
}

/** Standard input that is kept until it ends. */
function collected(): { readonly stdin: Writable; readonly input: Promise<Buffer> } {
  const parts: Buffer[] = [];
  let bytes = 0;
  const stdin = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      bytes += chunk.length;
      if (bytes <= MAX_INPUT_BYTES) parts.push(chunk);
      done(bytes <= MAX_INPUT_BYTES ? null : tooMuchInput());
    },
  });
  const input = new Promise<Buffer>((resolve, reject) => {
    stdin.once('finish', () => resolve(Buffer.concat(parts)));
    stdin.once('error', reject);
  });
  // The output may not be read.
  input.catch(() => undefined);
  return { stdin, input };
}

function tooMuchInput(): DriverError {
  return new DriverError(`The guest agent takes at most ${MAX_INPUT_BYTES} bytes of standard input`, {
    retryable: false,
  });
}

function* chunksOf({ stdout, stderr, truncated }: NonNullable<GuestCommandStatus>): Generator<CommandOutput> {
  for (const [stream, bytes] of [
    ['stdout', stdout],
    ['stderr', stderr],
  ] as const) {
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES)
      yield { stream, data: bytes.subarray(at, at + CHUNK_BYTES) };
  }
  for (const stream of truncated)
    yield { stream: 'stderr', data: Buffer.from(`[The guest agent has dropped ${stream} after 16 MB]\n`) };
}
