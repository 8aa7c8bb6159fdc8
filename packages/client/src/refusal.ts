import { parseJson } from './open-stream';
import { toProblemError, type ProblemError } from './problem';
import type { Socket } from './socket';

/** A response to a handshake that is not a WebSocket, as `ws` reports it. */
interface Refusal extends AsyncIterable<Uint8Array> {
  readonly statusCode?: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A problem document is far smaller. */
const MAX_PROBLEM_BYTES = 1_048_576;
const BAD_GATEWAY = 502;

/** Calls `refused` if the service answers the handshake with a problem. Browsers hide such responses. */
export function onRefusal(socket: Socket, refused: (problem: ProblemError) => void): void {
  socket.on?.('unexpected-response', (_request: unknown, response: Refusal) => {
    void problemOf(response).then(refused);
  });
}

async function problemOf(response: Refusal): Promise<ProblemError> {
  const { statusCode = BAD_GATEWAY, headers } = response;
  const known = new Headers();
  for (const [name, value] of Object.entries(headers)) if (typeof value === 'string') known.set(name, value);
  const body = parseJson(await textOf(response));
  return toProblemError(new Response(null, { status: statusCode, headers: known }), body);
}

async function textOf(response: Refusal): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of response) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > MAX_PROBLEM_BYTES) break;
    }
  } catch {
    // Without its body, the status says what is known.
  }
  return text;
}
