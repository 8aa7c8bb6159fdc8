import { createHash, timingSafeEqual } from 'node:crypto';
import { inspect } from 'node:util';

const REDACTED = '[redacted]';

/** A text that can be compared and never read again: neither a log nor a dump shows it. */
export class Secret {
  readonly #digest: Buffer;

  constructor(text: string) {
    this.#digest = digestOf(text);
  }

  /** Takes as long for every text: of digests, no guess learns how far it was right. */
  equals(text: string): boolean {
    return timingSafeEqual(digestOf(text), this.#digest);
  }

  toJSON(): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}

/** A text that is told to another service, and by no accident to a log or a dump. */
export class ReadableSecret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toJSON(): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
