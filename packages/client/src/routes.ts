import createClient, { type Client, type Middleware } from 'openapi-fetch';
import {
  baseUrlOf,
  boundedFetchOf,
  checkPathParameter,
  headersOf,
  repeatQuery,
  SignalKeepingRequest,
  type ClientOptions,
} from './connection';
import type { paths } from './schema';

/** Every route of the API, typed by its OpenAPI document. */
export type Routes = Client<paths>;

/**
 * Calls of every route, which resolve with `data` or `error`, see `unwrap`. Without a response they reject: with a
 * `TimeoutError`, with an error of `fetch`, or with an `InvalidPathParameterError` before anything is sent. They are not
 * retried.
 */
export function routesOf(options: ClientOptions): Routes {
  const client = createClient<paths>({
    baseUrl: baseUrlOf(options),
    headers: headersOf(options),
    fetch: boundedFetchOf(options),
    Request: SignalKeepingRequest,
    querySerializer: toQuery,
  });
  client.use(onEveryRequest);
  return client;
}

const onEveryRequest: Middleware = {
  onRequest({ request, params }) {
    for (const [name, value] of Object.entries(params.path ?? {})) checkPathParameter(name, value);
    repeatQuery(request);
    return request;
  },
};

/** Serializes a query as the service expects: the only object, metadata, becomes `metadata.<key>=<value>`. */
function toQuery(parameters: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams();
  const append = (name: string, value: unknown): void => {
    if (typeof value === 'object' && value !== null) {
      for (const [key, one] of Object.entries(value)) append(`${name}.${key}`, one);
    } else if (['string', 'number', 'boolean'].includes(typeof value)) query.append(name, String(value));
  };
  for (const [name, value] of Object.entries(parameters)) append(name, value);
  return query.toString();
}
