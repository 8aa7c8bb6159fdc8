/** A server-sent event; without data, it only carries the position in the stream. */
export interface StreamMessage {
  readonly id: string | undefined;
  readonly event: string;
  readonly data: string;
}

/** Maximum length of a line and of the data of one message; the service stays below it. */
const MAX_LENGTH = 1_048_576;

/** The stream is malformed or failed. */
export class EventStreamError extends Error {
  override readonly name = 'EventStreamError';
}

/**
 * The messages of a stream (HTML Living Standard, 9.2); comments and incomplete messages are dropped. Not
 * `eventsource-parser`: version 3 drops messages that only have an id, and version 4 requires Node.js 22.
 */
export async function* readMessages(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<StreamMessage> {
  let fields = empty();
  for await (const line of readLines(bytes)) {
    if (line !== '') {
      fields = withLine(fields, line);
      continue;
    }
    if (fields.data !== undefined || fields.id !== undefined) {
      yield { id: fields.id, event: fields.event ?? 'message', data: fields.data ?? '' };
    }
    fields = empty();
  }
}

interface Fields {
  readonly id?: string;
  readonly event?: string;
  readonly data?: string;
}

function empty(): Fields {
  return {};
}

function withLine(fields: Fields, line: string): Fields {
  const colon = line.indexOf(':');
  const name = colon === -1 ? line : line.slice(0, colon);
  const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
  if (name === 'id') return value.includes('\0') ? fields : { ...fields, id: value };
  if (name === 'event') return { ...fields, event: value };
  if (name !== 'data') return fields;
  const data = fields.data === undefined ? value : `${fields.data}\n${value}`;
  if (data.length > MAX_LENGTH) throw new EventStreamError('an event is too long');
  return { ...fields, data };
}

async function* readLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of bytes) {
    rest += decoder.decode(chunk, { stream: true });
    // A carriage return at the very end may be the first half of a CRLF.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LENGTH) throw new EventStreamError('a line is too long');
    yield* lines;
  }
}
