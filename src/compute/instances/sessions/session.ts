import { ValidationFailedError } from '../../../platform/errors/service.errors';
import type { Command } from '../../../drivers';

export const SESSION_KINDS = ['serial', 'vnc', 'exec'] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

/** How long a ticket can be used. */
export const TICKET_SECONDS = 30;

const DEFAULT_WIDTH = 80;
const DEFAULT_HEIGHT = 24;
const EXEC_MEMBERS = ['command', 'env', 'tty', 'width', 'height'] as const;

/** A client's request. */
export interface SessionRequest {
  readonly kind: SessionKind;
  readonly command?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly tty?: boolean;
  readonly width?: number;
  readonly height?: number;
}

/** A session that waits for its client to connect. */
export interface NewSession {
  readonly id: string;
  readonly kind: SessionKind;
  /** The secret that opens it, once. */
  readonly ticket: string;
  /** Unix seconds. */
  readonly expiresAt: number;
}

/** A session whose ticket has been redeemed. */
export interface RedeemedSession {
  readonly id: string;
  readonly tenantId: string;
  readonly instanceId: string;
  readonly kind: SessionKind;
  /** Null unless the kind is `exec`. */
  readonly command: Command | null;
}

/** How a session ended. */
export interface SessionEnd {
  /** Exit code of the command; null if it is unknown or no command was run. */
  readonly exitCode: number | null;
  /** For the history, e.g. `the client disconnected`. */
  readonly reason: string;
}

/**
 * The command of an exec session; null for other kinds.
 * @throws {ValidationFailedError} if a member does not fit the kind.
 */
export function commandOf(request: SessionRequest): Command | null {
  const { kind, command, env = {}, tty = false, width = DEFAULT_WIDTH, height = DEFAULT_HEIGHT } = request;
  if (kind !== 'exec') {
    refuse(request, EXEC_MEMBERS, 'requires kind exec');
    return null;
  }
  if (command === undefined || command.length === 0)
    throw new ValidationFailedError([{ field: 'command', message: 'command is required for kind exec' }]);
  if (!tty) refuse(request, ['width', 'height'], 'requires tty');
  return { command, env, tty: tty ? { width, height } : null };
}

function refuse(request: SessionRequest, members: readonly (keyof SessionRequest)[], why: string): void {
  const given = members.filter((member) => request[member] !== undefined);
  if (given.length === 0) return;
  throw new ValidationFailedError(given.map((field) => ({ field, message: `${field} ${why}` })));
}
