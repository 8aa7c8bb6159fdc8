import { ValidationFailedError } from '../common/validation/shape.pipe';
import type { GuestPort, GuestSpec } from '../drivers';

/** What a request may say of what happens inside the instance. */
export interface GuestRequest {
  readonly container?: {
    readonly command?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
    readonly ports?: readonly GuestPort[];
  };
  readonly vm?: { readonly ports?: readonly GuestPort[] };
  readonly userData?: string;
  readonly sshKeys?: readonly string[];
}

const MEBI = 1024 * 1024;
/** Characters of one guest. */
const MAX_SIZE = MEBI;
/** Characters of guests and metadata of all instances that one request makes: its answer has all of them. */
const MAX_SIZE_IN_ALL = MEBI;
/** Several beyond this would make a statement long that they share. */
const BULKY = 16 * 1024;

/** Only what was said: the rest is for the driver's defaults. */
export function guestOf({ container, vm, userData, sshKeys }: GuestRequest): Partial<GuestSpec> {
  const ports = container?.ports ?? vm?.ports;
  return {
    ...(container?.command && { command: container.command }),
    ...(container?.env && { env: container.env }),
    ...(ports && { ports: ports.map(({ port, protocol }) => ({ port, protocol })) }),
    ...(userData !== undefined && { userData }),
    ...(sshKeys && { sshKeys }),
  };
}

export function isBulky(guest: Partial<GuestSpec>): boolean {
  return sizeOf(guest) > BULKY;
}

/** @throws {ValidationFailedError} if it is more than a row, or the rows of one request, should hold. */
export function assertSize(
  request: GuestRequest & { readonly metadata: Readonly<Record<string, string>> },
  count: number,
): void {
  const size = sizeOf(guestOf(request));
  if (size > MAX_SIZE) throw tooLarge(`the guest must be described in at most ${MAX_SIZE} characters`);
  const total = (size + lengthOf(Object.entries(request.metadata).flat())) * count;
  if (count > 1 && total > MAX_SIZE_IN_ALL) {
    throw tooLarge(
      `guests and metadata of ${count} instances must have at most ${MAX_SIZE_IN_ALL} characters in all`,
    );
  }
}

function tooLarge(message: string): ValidationFailedError {
  return new ValidationFailedError([{ field: 'body', message }]);
}

function sizeOf({ command = [], env = {}, sshKeys = [], userData }: Partial<GuestSpec>): number {
  return lengthOf([...command, ...Object.entries(env).flat(), ...sshKeys, userData ?? '']);
}

function lengthOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length, 0);
}
