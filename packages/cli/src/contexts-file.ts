import { randomUUID } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { UsageError } from './failures';

export const CONNECTION_MEMBERS = ['url', 'tenant', 'token', 'gatewayToken'] as const;

/** Address of a service and credentials of a caller. */
export type Connection = Readonly<Partial<Record<(typeof CONNECTION_MEMBERS)[number], string>>>;

export interface Contexts {
  readonly current?: string;
  readonly contexts: ReadonlyMap<string, Connection>;
}

const FILE_MODE = 0o600;
const DIRECTORY_MODE = 0o700;
/** How long a command waits for another one that changes the file. */
const LOCK_MS = 5000;
const LOCK_PAUSE_MS = 20;

/** The file with the saved connections. It contains tokens, so that only its owner can read it. */
export class ContextsFile {
  readonly path: string;

  constructor({ UIM_COMPUTE_CONFIG, XDG_CONFIG_HOME }: Readonly<Record<string, string | undefined>>) {
    this.path = UIM_COMPUTE_CONFIG ?? join(configDirectory(XDG_CONFIG_HOME), 'uim-compute', 'contexts.json');
  }

  /** @throws {UsageError} if the file cannot be read or is malformed */
  read(): Contexts {
    const text = this.text();
    if (text === undefined) return { contexts: new Map() };
    const contexts = contextsOf(text);
    if (!contexts) throw new UsageError(`${this.path} is not a file of contexts; correct or remove it`);
    return contexts;
  }

  /**
   * Replaces the contexts by what `change` makes of them. Other commands wait meanwhile, so that no change is lost.
   * @throws {UsageError} if the file cannot be read, or another command does not finish
   */
  update(change: (contexts: Contexts) => Contexts): void {
    mkdirSync(dirname(this.path), { recursive: true, mode: DIRECTORY_MODE });
    const lock = this.lock();
    try {
      this.write(change(this.read()));
    } finally {
      rmSync(lock, { force: true });
    }
  }

  private lock(): string {
    const lock = `${this.path}.lock`;
    const deadline = performance.now() + LOCK_MS;
    for (;;) {
      try {
        closeSync(openSync(lock, 'wx', FILE_MODE));
        return lock;
      } catch (error) {
        if (!hasCode(error, 'EEXIST')) throw error;
      }
      if (performance.now() >= deadline)
        throw new UsageError(`another command is changing the contexts; if none is running, remove ${lock}`);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOCK_PAUSE_MS);
    }
  }

  /** Replaces the file in one step, so that a crash leaves the old or the new one. */
  private write({ current, contexts }: Contexts): void {
    const content = { ...(current !== undefined && { current }), contexts: Object.fromEntries(contexts) };
    const temporary = `${this.path}.${randomUUID()}`;
    try {
      writeFileSync(temporary, `${JSON.stringify(content, null, 2)}\n`, { mode: FILE_MODE, flag: 'wx' });
      renameSync(temporary, this.path);
    } finally {
      rmSync(temporary, { force: true });
    }
  }

  /** Undefined if there is no file. */
  private text(): string | undefined {
    try {
      // Reading a pipe would not end.
      if (!statSync(this.path).isFile()) throw new Error('not a regular file');
      return readFileSync(this.path, 'utf8');
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return undefined;
      throw new UsageError(
        `cannot read ${this.path}: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** The XDG specification ignores an empty or relative directory. */
function configDirectory(given = ''): string {
  if (isAbsolute(given)) return given;
  // An empty HOME counts as absent.
  return join(isAbsolute(homedir()) ? homedir() : userInfo().homedir, '.config');
}

/** Undefined if the text has another shape. */
function contextsOf(text: string): Contexts | undefined {
  const value = parse(text);
  if (!isRecord(value) || !isRecord(value['contexts'])) return undefined;
  const { current, contexts } = value;
  if (current !== undefined && typeof current !== 'string') return undefined;
  const found = Object.entries(contexts).flatMap(([name, connection]): [string, Connection][] =>
    isConnection(connection) ? [[name, connection]] : [],
  );
  if (found.length < Object.keys(contexts).length) return undefined;
  return { contexts: new Map(found), ...(current !== undefined && { current }) };
}

function isConnection(value: unknown): value is Connection {
  return (
    isRecord(value) &&
    CONNECTION_MEMBERS.every((name) => ['string', 'undefined'].includes(typeof value[name]))
  );
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
