import { baseUrlOf, type ClientOptions } from './connection';
import { EXEC_PROTOCOL, RunningCommand, type ExecRequest } from './exec';
import { given, only } from './given';
import { unwrap } from './problem';
import type { Routes } from './routes';
import { SessionConnection } from './session-connection';
import type { CallOptions, ConsoleSession, CreateSession } from './types';

/** Connects to running instances: to consoles, screens and commands. */
export class SessionCalls {
  constructor(
    private readonly routes: Routes,
    private readonly options: ClientOptions,
  ) {}

  /**
   * Creates a session for another program, such as xterm.js or noVNC. Its URL is a secret, which can be used once,
   * within 30 seconds.
   */
  async create(
    instanceId: string,
    request: CreateSession,
    options: CallOptions = {},
  ): Promise<ConsoleSession> {
    const session = await unwrap(
      this.routes.POST('/api/v1/compute/instances/{id}/console-sessions', {
        params: { path: { id: instanceId } },
        body: given(request),
        ...only(options),
      }),
    );
    return { ...session, url: this.protected(session.url) };
  }

  /** Connects to the serial console or, in the protocol RFB, to the screen. The signal ends the session. */
  async open(
    instanceId: string,
    kind: 'serial' | 'vnc',
    options: CallOptions = {},
  ): Promise<SessionConnection> {
    const { url } = await this.create(instanceId, { kind }, options);
    return SessionConnection.open(this.options, { url, protocols: [], signal: options.signal });
  }

  /** Runs a command. The signal ends the session and the command. */
  async exec(
    instanceId: string,
    { command, env, tty }: ExecRequest,
    options: CallOptions = {},
  ): Promise<RunningCommand> {
    const terminal = tty && { tty: true, width: tty.width, height: tty.height };
    const request: CreateSession = { kind: 'exec', command: [...command], env, ...terminal };
    const { url } = await this.create(instanceId, request, options);
    const target = { url, protocols: [EXEC_PROTOCOL], signal: options.signal };
    return new RunningCommand(await SessionConnection.open(this.options, target));
  }

  /** The URL, not less protected than this client's calls: a gateway may not tell the service that it is secure. */
  private protected(url: string): string {
    return baseUrlOf(this.options).startsWith('https:') ? url.replace(/^ws:/, 'wss:') : url;
  }
}
