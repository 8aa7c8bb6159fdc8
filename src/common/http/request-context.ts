import { AsyncLocalStorage } from 'node:async_hooks';

/** What is known of the request at work; every log line and every outgoing call carries it. */
export interface RequestContext {
  readonly requestId: string;
  /** W3C trace context, taken over from the caller where it is well-formed. */
  readonly traceparent: string | undefined;
  tenantId?: string;
  /** Code of the problem document that answered the request. */
  problem?: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

export function requestContext(): RequestContext | undefined {
  return storage.getStore();
}

export function runInContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}
