import { isRecord, parseRecord } from '../../../platform/values/records';
import type { AgentConnection, AgentRequest } from './agent.connection';
import { AgentRefusedError, InvalidResponseError } from './agent.errors';

/** Time limit for the beginning of a response. */
const TIMEOUT_MS = 30_000;
/** The agent of a busy guest needs some time for 16 MB of output. */
const LARGE_MS = 120_000;
const MAX_BYTES = 65_536;
/** The agent keeps 16 MB of each stream of a command, which it sends as base64. */
const MAX_STATUS_BYTES = 46 * 1024 * 1024;
const OUTPUTS = ['out-data', 'err-data'] as const;

export interface GuestCommand {
  readonly path: string;
  readonly args: readonly string[];
  /** Standard input; none if it is absent. */
  readonly input?: Buffer;
  readonly isCaptured: boolean;
}

/** Null as long as the command runs. */
export type GuestCommandStatus = null | {
  readonly exitCode: number | null;
  readonly signal: number | null;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  /** Streams whose end the agent has dropped. */
  readonly truncated: readonly ('stdout' | 'stderr')[];
};

/** The commands of QEMU's guest agent, on a connection that is open for a short time. */
export class GuestAgent {
  constructor(private readonly connection: AgentConnection) {}

  /**
   * Starts a program, with the environment of the agent.
   * @returns its process id
   * @throws {AgentRefusedError | AgentUnreachableError}
   */
  async exec({ path, args, input, isCaptured }: GuestCommand): Promise<number> {
    const started = await this.execute('guest-exec', {
      ...{ path, arg: args, 'capture-output': isCaptured },
      ...(input && { 'input-data': input.toString('base64') }),
    });
    const pid = isRecord(started) ? started['pid'] : undefined;
    if (typeof pid === 'number' && Number.isSafeInteger(pid)) return pid;
    throw new InvalidResponseError();
  }

  /**
   * Once it has returned that the command has exited, the agent no longer knows the command.
   * @param admit called before more than a few kilobytes of output are read; resolves when there is memory for them.
   * If absent, such output counts as an invalid response.
   * @throws {AgentRefusedError | AgentUnreachableError}
   */
  async status(pid: number, admit?: () => Promise<void>): Promise<GuestCommandStatus> {
    const command = 'guest-exec-status';
    const line = await this.connection.request({
      ...{ command, args: { pid }, timeoutMs: TIMEOUT_MS },
      ...(admit
        ? { maxBytes: MAX_STATUS_BYTES, large: { smallBytes: MAX_BYTES, timeoutMs: LARGE_MS, admit } }
        : { maxBytes: MAX_BYTES }),
    });
    // The rest is small: a long line of small values would need much memory and time to parse.
    const { rest, values } = cutStrings(line, OUTPUTS);
    const status = resultOf(command, rest);
    if (!isRecord(status) || typeof status['exited'] !== 'boolean') throw new InvalidResponseError();
    if (!status['exited']) {
      // Output comes with the end, and memory for it is reserved once.
      if (line.length > MAX_BYTES) throw new InvalidResponseError();
      return null;
    }
    const [stdout, stderr] = values;
    return {
      exitCode: integerOf(status['exitcode']),
      signal: integerOf(status['signal']),
      stdout: stdout ?? Buffer.alloc(0),
      stderr: stderr ?? Buffer.alloc(0),
      truncated: [
        ...(status['out-truncated'] === true ? (['stdout'] as const) : []),
        ...(status['err-truncated'] === true ? (['stderr'] as const) : []),
      ],
    };
  }

  /** Whether the file systems of the guest are frozen; then the agent refuses most commands. */
  async isFrozen(): Promise<boolean> {
    const status = await this.execute('guest-fsfreeze-status');
    if (status === 'frozen' || status === 'thawed') return status === 'frozen';
    throw new InvalidResponseError();
  }

  /** Makes the guest write its buffers to its disks, and wait with further writes. */
  async freeze(): Promise<void> {
    await this.execute('guest-fsfreeze-freeze');
  }

  /** Does no harm if nothing is frozen. */
  async thaw(): Promise<void> {
    await this.execute('guest-fsfreeze-thaw');
  }

  /** @throws {AgentRefusedError | AgentUnreachableError} */
  private async execute(command: string, args?: AgentRequest['args']): Promise<unknown> {
    const limits = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES };
    return resultOf(command, await this.connection.request({ command, ...(args && { args }), ...limits }));
  }
}

function resultOf(command: string, line: Buffer): unknown {
  if (line.length > MAX_BYTES) throw new InvalidResponseError();
  const response = parseRecord(line.toString());
  if ('return' in response) return response['return'];
  const { error } = response;
  if (!isRecord(error)) throw new InvalidResponseError();
  throw new AgentRefusedError(command, typeof error['desc'] === 'string' ? error['desc'] : 'no reason given');
}

/** Replaces the base64 of these members by empty strings, and decodes it; undefined for a missing member. */
function cutStrings(
  line: Buffer,
  names: readonly string[],
): { readonly rest: Buffer; readonly values: readonly (Buffer | undefined)[] } {
  let rest = line;
  const values = names.map((name) => {
    const key = `"${name}":`;
    const at = rest.indexOf(key);
    const start = at === -1 ? -1 : rest.indexOf('"', at + key.length) + 1;
    const end = start <= 0 ? -1 : rest.indexOf('"', start);
    if (end === -1) return undefined;
    const value = Buffer.from(rest.toString('latin1', start, end), 'base64');
    rest = Buffer.concat([rest.subarray(0, start), rest.subarray(end)]);
    return value;
  });
  return { rest, values };
}

function integerOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) ? value : null;
}
