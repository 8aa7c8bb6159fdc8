/** As much of a WebSocket as the client uses: that of browsers and of Node.js 22, or that of the package `ws`. */
export interface Socket {
  binaryType: string;
  readonly bufferedAmount: number;
  addEventListener(type: 'open', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'error', listener: (event: object) => void): void;
  addEventListener(type: 'close', listener: (event: Closing) => void): void;
  send(data: Uint8Array): void;
  close(code: number): void;
  // Only `ws` has the others.
  on?(event: string, listener: (...parameters: never[]) => void): unknown;
  pause?(): void;
  resume?(): void;
  terminate?(): void;
}

/** The end of a WebSocket: code and reason of RFC 6455. */
export interface Closing {
  readonly code: number;
  readonly reason: string;
}

export type SocketConstructor = new (url: string, protocols: string[]) => Socket;

/** @throws {TypeError} if there is no global WebSocket, as in Node.js 20 */
export function globalSocket(): SocketConstructor {
  const found: unknown = Reflect.get(globalThis, 'WebSocket');
  if (!isConstructor(found))
    throw new TypeError('there is no global WebSocket; pass that of the package ws as the option WebSocket');
  return found;
}

function isConstructor(value: unknown): value is SocketConstructor {
  return typeof value === 'function';
}
