import type { Target } from './request';
import { STANDARD_TENANT_HEADER } from './request';
import { quoteShell, shellCommand } from './shell';

/** A command of the command line, without its connection. */
export interface CliCommand {
  /** Parts that the command line cannot express. Plain words: an interactive shell may read a quote in a comment. */
  readonly notes?: readonly string[];
  /** Quoted: the command and its arguments, one line each. */
  readonly lines: readonly string[];
}

/** `uim-compute …`, with the connection as options, so that it does not depend on the context of the user. */
export function asCli({ notes = [], lines: [first = '', ...rest] }: CliCommand, target: Target): string {
  const { origin, tenantId, tenantHeader, needsToken } = target;
  const token = needsToken ? 'UIM_COMPUTE_TOKEN="$TOKEN" ' : '';
  const otherHeader =
    tenantHeader === STANDARD_TENANT_HEADER
      ? []
      : ['This service reads the tenant from another header. The command line sends X-Tenant-ID.'];
  const connection = `--url ${quoteShell(origin)} --tenant ${quoteShell(tenantId)}`;
  const comments = [...otherHeader, ...notes].map((note) => `# ${note}\n`).join('');
  return `${comments}${shellCommand([`${token}uim-compute ${connection} ${first}`, ...rest])}`;
}
