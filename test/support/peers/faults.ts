import { JsonBody } from './json-body';

const FAULTS = ['refuse', 'hang', 'error500', 'notFound', 'garbage', 'lostAnswer', 'late'] as const;

/**
 * - refuse: nothing listens, and all connections are closed
 * - hang: accepts, never answers, does not do the work
 * - error500, notFound (empty, like a proxy's), garbage (200, but HTML): answers without doing the work
 * - lostAnswer: does the work, then closes the connection instead of answering
 * - late: does the work two seconds later, even if the client has disconnected
 */
export type Fault = (typeof FAULTS)[number];
/** A fault of individual requests; `refuse` affects the whole peer. */
export type RequestFault = Exclude<Fault, 'refuse'>;

export interface FaultScope {
  readonly method?: string;
  /** Matched against the request target, including its query. */
  readonly path?: RegExp;
  /** Maximum number of requests; by default until heal(). */
  readonly times?: number;
}

interface ActiveFault {
  readonly fault: RequestFault;
  readonly scope: FaultScope;
  left: number;
}

/** Active faults. The newest one that matches a request applies. */
export class Faults {
  private active: ActiveFault[] = [];

  add(fault: RequestFault, scope: FaultScope): void {
    this.active.unshift({ fault, scope, left: scope.times ?? Infinity });
  }

  clear(): void {
    this.active = [];
  }

  /** Returns the fault for a request and counts it as used. */
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
  // search(), not test(): with the g flag, test() would start at the end of the previous match.
  return request.method === method && request.path.search(path) !== -1;
}

/** @throws {Error} that describes the problem */
export function parseFault(text: string): { readonly fault: RequestFault; readonly scope: FaultScope } {
  const body = new JsonBody(text);
  const fault = body.oneOf('fault', FAULTS);
  // A refusing peer could not be healed over HTTP.
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
