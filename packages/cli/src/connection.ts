import type { Command } from 'commander';
import type { ClientOptions } from 'uim-compute-client';
import { url } from './arguments';
import { ContextsFile, type Connection } from './contexts-file';
import { UsageError } from './failures';
import type { Format } from './output/result';

export const DEFAULT_URL = 'http://localhost:8081';

/** Options of every command. */
export interface GlobalOptions {
  readonly context?: string;
  readonly url?: string;
  readonly tenant?: string;
  readonly token?: string;
  readonly gatewayToken?: string;
  readonly output: Format;
  readonly verbose?: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where a command connects to, and as whom: options, then a context named with `--context`, then environment
 * variables, then the current context. A context is left out if the URL is another one, because its tokens are not
 * meant for that service.
 * @throws {UsageError} if the context does not exist or the file cannot be read
 */
export function connectionOf(command: Command, environment: Environment): ClientOptions {
  const root = rootOf(command);
  const given = root.opts<GlobalOptions>();
  const fromOption = (name: keyof Connection): string | undefined =>
    root.getOptionValueSource(name) === 'cli' ? given[name] : undefined;
  const { contexts, current } = new ContextsFile(environment).read();
  const chosen = given.context ?? current;
  const saved = chosen === undefined ? undefined : contexts.get(chosen);
  if (chosen !== undefined && !saved) throw new UsageError(`no context is named ${chosen}`);
  const isExplicit = root.getOptionValueSource('context') === 'cli';
  const pick = (name: keyof Connection, context: Connection | undefined): string | undefined =>
    fromOption(name) ?? (isExplicit ? context?.[name] : undefined) ?? given[name] ?? context?.[name];
  const baseUrl = url(pick('url', saved) ?? DEFAULT_URL);
  const usable = (saved?.url ?? DEFAULT_URL) === baseUrl ? saved : undefined;
  const [tenantId, token, gatewayToken] = [
    pick('tenant', usable),
    pick('token', usable),
    pick('gatewayToken', usable),
  ];
  return {
    baseUrl,
    ...(tenantId !== undefined && { tenantId }),
    ...(token !== undefined && { token }),
    ...(gatewayToken !== undefined && { gatewayToken }),
  };
}

export function rootOf(command: Command): Command {
  return command.parent ? rootOf(command.parent) : command;
}
