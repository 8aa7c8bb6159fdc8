/** Sizes of messages are limited by the service. */
const MAX_BYTES = 32_768;

interface Disposable {
  dispose(): void;
}

/** As much of a terminal as input needs. */
export interface InputSource {
  onData(listener: (text: string) => void): Disposable;
  onBinary(listener: (text: string) => void): Disposable;
}

/** Sends what is typed or pasted in order, in parts, and no faster than the connection takes it. */
export class InputQueue {
  private sent: Promise<void> = Promise.resolve();

  constructor(private readonly send: (data: Uint8Array) => Promise<void>) {}

  readFrom(source: InputSource): Disposable {
    const encoder = new TextEncoder();
    const text = source.onData((data) => this.push(encoder.encode(data)));
    // Reports of the mouse, a byte per character.
    const bytes = source.onBinary((data) =>
      this.push(Uint8Array.from(data, (char) => char.charCodeAt(0) & 255)),
    );
    return {
      dispose: () => {
        text.dispose();
        bytes.dispose();
      },
    };
  }

  private push(data: Uint8Array): void {
    for (let from = 0; from < data.length; from += MAX_BYTES) {
      const part = data.subarray(from, from + MAX_BYTES);
      // A connection that fails ends the session, which shows why.
      this.sent = this.sent.then(() => this.send(part)).catch(() => undefined);
    }
  }
}
