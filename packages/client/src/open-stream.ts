import { baseUrlOf, fetchOf, headersOf, repeatQuery, type ClientOptions } from './connection';
import { toProblemError } from './problem';

export interface StreamRequest {
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/**
 * Opens an event stream at a path below the API's and returns its bytes.
 * @throws {ProblemError} and any error of `fetch`
 */
export async function openStream(
  options: ClientOptions,
  path: string,
  { headers, signal }: StreamRequest,
): Promise<AsyncIterable<Uint8Array>> {
  const request = new Request(`${baseUrlOf(options)}/api/v1/compute${path}`, {
    headers: { ...headersOf(options), Accept: 'text/event-stream', ...headers },
  });
  repeatQuery(request);
  const response = await fetchOf(options)(request, { signal });
  if (response.ok && response.body) return response.body;
  throw toProblemError(response, parseJson(await response.text()));
}

/** Undefined if the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
