import type { Request } from 'express';

/** What is known of a request at work; its log lines and every call made for it carry it. */
export interface RequestContext {
  readonly requestId: string;
  /** W3C trace context, taken over from the caller where it is well-formed. */
  readonly traceparent: string | undefined;
  /** Set by the tenant guard; undefined on public routes and on those of operators. */
  tenantId?: string;
  /** Who calls, for the records: `tenant:<id>`, `operator`, or the subject of a token. Undefined on public routes. */
  actor?: string;
  /** Whether the caller may do what operators do, also where a tenant's route was called. */
  isOperator?: boolean;
  /** Code of the problem document that answered the request. */
  problem?: string;
}

const contexts = new WeakMap<Request, RequestContext>();

export function setContext(request: Request, context: RequestContext): void {
  contexts.set(request, context);
}

/**
 * The context of a request. Kept beside the request and not in an AsyncLocalStorage, whose hooks run
 * at every await and cost a tenth of the throughput.
 * @throws {Error} for a request that the request middleware has not seen.
 */
export function contextOf(request: Request): RequestContext {
  const context = contexts.get(request);
  if (!context) throw new Error('the request middleware did not run');
  return context;
}
