import { Duplex } from 'node:stream';

/** A serial console that prints these lines, then everything that is typed. */
export function echoingSerial(lines: readonly string[], signal: AbortSignal): Duplex {
  let printMore: (() => void) | undefined;
  const serial = new Duplex({
    signal,
    read: () => {
      printMore?.();
      printMore = undefined;
    },
    write: (chunk: Buffer, _encoding, done) => {
      // If nothing reads, nothing more can be typed.
      if (serial.push(chunk)) done();
      else printMore = done;
    },
  });
  // Readers get errors from the iterator; this handles an abort without a reader.
  serial.on('error', () => undefined);
  serial.push(lines.map((line) => `${line}\r\n`).join(''));
  return serial;
}
