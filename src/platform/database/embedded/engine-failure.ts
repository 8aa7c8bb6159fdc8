import { messageOf } from '../../errors/app.error';
import type { EngineFailure } from './engine-protocol';

/**
 * Disk full, I/O error, missing or duplicate file. After some of these PostgreSQL would exit,
 * which PGlite cannot do, and its view of the file system becomes unreliable.
 */
const STORAGE_STATE = /^(53100|58)/;

/** Errors thrown by WebAssembly and Emscripten. */
const CRASH_NAME = /^(RuntimeError|ExitStatus)$/;

/** Describes any error thrown by PGlite, for the main thread. */
export function toFailure(error: unknown): EngineFailure {
  const severity = textOf(error, 'severity');
  // Node errors also have a code, such as EIO; only PostgreSQL errors have a severity.
  const code = severity === undefined ? undefined : textOf(error, 'code');
  return {
    message: messageOf(error),
    code,
    constraint: textOf(error, 'constraint'),
    detail: textOf(error, 'detail'),
    isFatal:
      code === undefined
        ? isCrash(error)
        : severity === 'FATAL' || severity === 'PANIC' || STORAGE_STATE.test(code),
  };
}

/**
 * Whether the engine failed below PostgreSQL: its WebAssembly trapped or exited, or a system call
 * failed. Other errors without SQLSTATE, such as a parameter that PGlite cannot serialize,
 * affect one statement only.
 */
function isCrash(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if (CRASH_NAME.test(textOf(error, 'name') ?? '')) return true;
  return typeof Reflect.get(error, 'errno') === 'number';
}

export function textOf(value: unknown, member: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const text: unknown = Reflect.get(value, member);
  return typeof text === 'string' ? text : undefined;
}
