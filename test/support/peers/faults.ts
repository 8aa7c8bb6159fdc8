import { JsonBody } from './json-body';

const FAULTS = ['refuse', 'hang', 'error500', 'notFound', 'garbage', 'lostAnswer', 'late'] as const;

/**
 * - refuse: nothing listens, and all connections are closed
 * - hang: accepts, never answers, does not do the work
 * - error500, notFound (empty, as of a proxy), garbage (200, but HTML): answers without doing the work
 * - lostAnswer: does the work, then closes the connection instead of answering
 * - late: does the work two seconds later, even if nobody waits for the answer any longer
 */
export type Fault = (typeof FAULTS)[number];
/** A fault of one request; the others are of the whole peer. */
export type RequestFault = Exclude<Fault, 'refuse'>;

export interface FaultScope {
  readonly method?: string;
  /** Of the request target, query included. */
  readonly path?: RegExp;
  /** Only so many requests; default: until heal(). */
  readonly times?: number;
}

interface ActiveFault {
  readonly fault: RequestFault;
  readonly scope: FaultScope;
  left: number;
}

/** The faults in force: of those whose scope a request is in, the newest counts. */
export class Faults {
  private active: ActiveFault[] = [];

  add(fault: RequestFault, scope: FaultScope): void {
    this.active.unshift({ fault, scope, left: scope.times ?? Infinity });
  }

  clear(): void {
    this.active = [];
  }

  /** The fault that a request is to meet, counted as met. */
  take(request: { readonly method: string; readonly path: string }): RequestFault | undefined {
    const met = this.active.find(({ scope, left }) => left > 0 && isInScope(request, scope));
    if (met) met.left -= 1;
    return met?.fault;
  }
}

function isInScope(
  request: { readonly method: string; readonly path: string },
  { method = request.method, path = /(?:)/ }: FaultScope,
): boolean {
  // search() and not test(): a global expression would begin where the last request's match ended.
  return request.method === method && request.path.search(path) !== -1;
}

/** @throws {Error} that says what is wrong with it */
export function parseFault(text: string): { readonly fault: RequestFault; readonly scope: FaultScope } {
  const body = new JsonBody(text);
  const fault = body.oneOf('fault', FAULTS);
  // Whoever asks for it over HTTP could not take it back over HTTP.
  if (fault === 'refuse') throw new Error('refuse cannot be set over HTTP: stop the process instead');
  const times = body.has('times') ? body.integer('times') : Infinity;
  if (times < 1) throw new Error('times is not positive');
  return {
    fault,
    scope: {
      times,
      ...(body.has('method') && { method: body.text('method') }),
      ...(body.has('path') && { path: new RegExp(body.text('path')) }),
    },
  };
}
