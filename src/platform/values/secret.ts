import { createHash, timingSafeEqual } from 'node:crypto';
import { inspect } from 'node:util';

const REDACTED = '[redacted]';

/** A secret that can be compared but not read back; it is redacted in logs and dumps. */
export class Secret {
  readonly #digest: Buffer;

  constructor(text: string) {
    this.#digest = digestOf(text);
  }

  /** Compares digests in constant time, so timing does not reveal how much of a guess is right. */
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

/** A secret that can be read, e.g. to send it to another service, but is redacted in logs and dumps. */
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
