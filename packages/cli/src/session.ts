import type { Command } from 'commander';
import { ComputeClient, type SocketConstructor } from 'uim-compute-client';
import { connectionOf, type GlobalOptions } from './connection';
import type { Streams } from './interactive/streams';
import { printResult, type Format, type Result } from './output/result';
import type { Terminal } from './output/terminal';

/** Shared by all commands, independent of their options. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly streams: Streams;
  /** Aborts on SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What to tell a user who interrupts the command, e.g. that the service continues. */
  interruptNote?: string;
  /** Base URL of the service, for hints. */
  baseUrl: string;
}

/** What a command works with. */
export interface Session {
  readonly client: ComputeClient;
  readonly terminal: Terminal;
  readonly format: Format;
  /** Whether the output is for programs. */
  readonly isStructured: boolean;
  readonly signal: AbortSignal;
  readonly context: CommandContext;
  print<Row>(result: Result<Row>): Promise<void>;
}

/** For commands that connect to guests. */
export async function withSockets(command: Command, context: CommandContext): Promise<Session> {
  // Other commands start faster without it.
  const { WebSocket } = await import('ws');
  return sessionOf(command, context, WebSocket);
}

export function sessionOf(command: Command, context: CommandContext, WebSocket?: SocketConstructor): Session {
  const { terminal, signal } = context;
  const { output: format } = command.optsWithGlobals<GlobalOptions>();
  const connection = connectionOf(command, context.environment);
  context.baseUrl = connection.baseUrl;
  const client = new ComputeClient({
    ...connection,
    WebSocket,
    fetch: (request, init) => fetch(request, { signal: AbortSignal.any([init.signal, signal]) }),
  });
  return {
    client,
    terminal,
    format,
    isStructured: format === 'json' || format === 'yaml',
    signal,
    context,
    print: (result) => printResult(terminal, format, result),
  };
}
