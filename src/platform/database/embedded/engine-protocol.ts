/** Messages between the main thread and the engine thread. */
export interface EngineOptions {
  /** Directory of the cluster; if it does not exist, the engine runs `initdb`. */
  readonly path: string;
}

export interface EngineRequest {
  readonly id: number;
  /** `dryRun` rolls the statement back; `script` runs several statements without parameters; `close` ends the engine. */
  readonly kind: 'query' | 'dryRun' | 'script' | 'close';
  readonly text: string;
  readonly values: readonly unknown[];
}

export interface EngineFailure {
  readonly message: string;
  /** SQLSTATE; undefined if PostgreSQL did not report the error. */
  readonly code: string | undefined;
  readonly constraint: string | undefined;
  readonly detail: string | undefined;
  /** The engine cannot go on after this and must be restarted. */
  readonly isFatal: boolean;
}

/** Received as `EngineReply<never>`: the row shape is agreed between a repository's SQL and its Row type. */
export type EngineReply<Row> =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unopened'; readonly reason: string }
  /** Whether writes are refused from here on. */
  | { readonly kind: 'access'; readonly isReadOnly: boolean }
  | { readonly kind: 'rows'; readonly id: number; readonly rows: readonly Row[] }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: EngineFailure };

/** An error of the engine, as PostgreSQL reports it. */
export class EngineError extends Error {
  readonly code: string | undefined;
  readonly constraint: string | undefined;
  readonly detail: string | undefined;
  readonly isFatal: boolean;

  constructor({ message, code, constraint, detail, isFatal }: EngineFailure) {
    super(message);
    this.name = 'EngineError';
    this.code = code;
    this.constraint = constraint;
    this.detail = detail;
    this.isFatal = isFatal;
  }
}

/** Too many statements wait; this one was not sent. */
export class EngineOverloadedError extends Error {
  constructor(waiting: number) {
    super(`${waiting} statements are waiting for the embedded database`);
    this.name = 'EngineOverloadedError';
  }
}

/** The engine ended before it replied: it is unknown whether the statement took effect. */
export class EngineLostError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'EngineLostError';
  }
}
