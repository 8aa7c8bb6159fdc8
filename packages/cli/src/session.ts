import type { Command } from 'commander';
import { createComputeClient, type ClientOptions, type ComputeClient } from 'uim-compute-client';
import type { Terminal } from './terminal';

/** Options of every command. */
export interface GlobalOptions {
  readonly url: string;
  readonly tenant?: string;
  readonly token?: string;
  readonly gatewayToken?: string;
  readonly output: 'table' | 'json';
  readonly verbose?: boolean;
}

/** The context of a command. */
export interface Session {
  readonly client: ComputeClient;
  readonly connection: ClientOptions;
  readonly terminal: Terminal;
  readonly isJson: boolean;
  /** Aborts on SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
}

/** Shared by all commands, independent of their options. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

export function sessionOf(command: Command, { terminal, signal }: CommandContext): Session {
  const { url, tenant, token, gatewayToken, output } = command.optsWithGlobals<GlobalOptions>();
  const connection: ClientOptions = {
    baseUrl: url,
    ...(tenant !== undefined && { tenantId: tenant }),
    ...(token !== undefined && { token }),
    ...(gatewayToken !== undefined && { gatewayToken }),
    fetch: (request, init) => fetch(request, { signal: AbortSignal.any([init.signal, signal]) }),
  };
  return { client: createComputeClient(connection), connection, terminal, isJson: output === 'json', signal };
}
