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
    redirect: 'manual',
  });
  repeatQuery(request);
  const response = await fetchOf(options)(request, { signal });
  if (response.ok && response.body) return chunksOf(response.body);
  throw toProblemError(response, parseJson(await response.text()));
}

/** The chunks of a body. Not `for await` over it, which not every browser supports. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
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
