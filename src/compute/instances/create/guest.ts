import type { GuestPort, GuestSpec, ProbeKind, Readiness } from '../../../drivers';
import { ValidationFailedError } from '../../../platform/errors/service.errors';

/** A probe; each kind has its own members, and no others. */
export interface ReadinessRequest {
  readonly kind: ProbeKind;
  readonly port?: number;
  readonly path?: string;
  readonly command?: readonly string[];
  readonly text?: string;
  readonly timeoutSeconds: number;
}

/** The members of a request that configure the inside of the instance. */
export interface GuestRequest {
  readonly container?: {
    readonly command?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
    readonly ports?: readonly GuestPort[];
  };
  readonly vm?: { readonly ports?: readonly GuestPort[] };
  readonly userData?: string;
  readonly sshKeys?: readonly string[];
  readonly readiness?: ReadinessRequest;
}

const MEBI = 1024 * 1024;
/** Maximum characters of one guest. */
const MAX_SIZE = MEBI;
/** Maximum characters of the guest settings and metadata of all instances of one request, whose response contains them all. */
const MAX_SIZE_IN_ALL = MEBI;
/** Larger guests are not batched: several would make the shared statement long. */
const BULKY = 16 * 1024;

/** Only members that were given; the driver's defaults cover the rest. */
export function guestOf({ container, vm, userData, sshKeys, readiness }: GuestRequest): Partial<GuestSpec> {
  const ports = container?.ports ?? vm?.ports;
  return {
    ...(container?.command && { command: container.command }),
    ...(container?.env && { env: container.env }),
    ...(ports && {
      ports: ports.map(({ port, protocol, hostPort }) => {
        return { port, protocol, ...(hostPort !== undefined && { hostPort }) };
      }),
    }),
    ...(userData !== undefined && { userData }),
    ...(sshKeys && { sshKeys }),
    ...(readiness && { readiness: toReadiness(readiness) }),
  };
}

/** @throws {ValidationFailedError} if a port is probed that is not published */
export function assertPublished({ readiness, ports = [] }: Partial<GuestSpec>): void {
  if (!readiness || !('port' in readiness)) return;
  if (!ports.some(({ port, protocol }) => port === readiness.port && protocol === 'tcp')) {
    throw new ValidationFailedError([
      { field: 'readiness.port', message: 'readiness.port must be one of the published TCP ports' },
    ]);
  }
}

function toReadiness(request: ReadinessRequest): Readiness {
  const { kind, port = 0, path = '/', command = [], text = '', timeoutSeconds } = request;
  switch (kind) {
    case 'port':
      return { kind, port, timeoutSeconds };
    case 'http':
      return { kind, port, path, timeoutSeconds };
    case 'exec':
      return { kind, command, timeoutSeconds };
    case 'serial':
      return { kind, text, timeoutSeconds };
  }
}

export function isBulky(guest: Partial<GuestSpec>): boolean {
  return sizeOf(guest) > BULKY;
}

export function requestsHostPorts({ ports = [] }: Partial<GuestSpec>): boolean {
  return ports.some(({ hostPort }) => hostPort !== undefined);
}

/** @throws {ValidationFailedError} if it is too large for one row, or for the rows of one request. */
export function assertSize(
  guest: Partial<GuestSpec>,
  { metadata, count }: { readonly metadata: Readonly<Record<string, string>>; readonly count: number },
): void {
  const size = sizeOf(guest);
  if (size > MAX_SIZE) throw tooLarge(`the guest settings must have at most ${MAX_SIZE} characters`);
  const total = (size + lengthOf(Object.entries(metadata).flat())) * count;
  if (count > 1 && total > MAX_SIZE_IN_ALL) {
    throw tooLarge(
      `guest settings and metadata of ${count} instances must have at most ${MAX_SIZE_IN_ALL} characters in total`,
    );
  }
}

function tooLarge(message: string): ValidationFailedError {
  return new ValidationFailedError([{ field: 'body', message }]);
}

function sizeOf({ command = [], env = {}, sshKeys = [], userData, readiness }: Partial<GuestSpec>): number {
  const probed = readiness?.kind === 'exec' ? readiness.command : [];
  return lengthOf([...command, ...probed, ...Object.entries(env).flat(), ...sshKeys, userData ?? '']);
}

function lengthOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length, 0);
}
