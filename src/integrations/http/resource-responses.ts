import { UnexpectedResponseError } from './call';
import { isResourceId } from './resource-id';

/** The parts of a network or volume response that are used here; old builds may omit everything except the id. */
export interface PlatformResource {
  readonly id: string;
  readonly tenantId: string | undefined;
  readonly status: string | undefined;
  readonly attachedTo: string | undefined;
  /** Minimum age in milliseconds; 0 if the response does not contain it. */
  readonly ageMs: number;
  readonly metadata: Readonly<Record<string, unknown>>;
}

type Members = Readonly<Record<string, unknown>>;

/**
 * @param atMs time of the response, see `Call.read`
 * @throws {UnexpectedResponseError} if it is not a network or volume
 */
export function readResource(body: unknown, atMs: number): PlatformResource {
  const members = membersOf(body);
  const id = members['id'];
  if (typeof id !== 'string' || !isResourceId(id))
    throw new UnexpectedResponseError('the response has no id');
  const metadata = members['metadata'];
  return {
    id,
    tenantId: textOf(members, 'tenantId'),
    status: textOf(members, 'status'),
    attachedTo: textOf(members, 'attachedTo'),
    ageMs: ageOf(members['createdAt'], atMs),
    metadata: isObject(metadata) ? metadata : {},
  };
}

/** The network or volume with this id. @throws {UnexpectedResponseError} if the response has another id */
export function readResourceOf(id: string, body: unknown, atMs: number): PlatformResource {
  const resource = readResource(body, atMs);
  if (resource.id !== id) throw new UnexpectedResponseError('the response is about another resource');
  return resource;
}

/**
 * Reads `{<member>: [...]}`, skipping invalid entries, so that one of them does not hide the others.
 * @throws {UnexpectedResponseError}
 */
export function readResources(body: unknown, member: string, atMs: number): readonly PlatformResource[] {
  const list = membersOf(body)[member];
  if (!Array.isArray(list)) throw new UnexpectedResponseError(`the response has no list of ${member}`);
  return list.flatMap((element) => {
    try {
      return [readResource(element, atMs)];
    } catch (error) {
      if (error instanceof UnexpectedResponseError) return [];
      throw error;
    }
  });
}

/** Whether an error response comes from the service itself and not from a proxy in between. */
export function saysError(body: unknown, text: string): boolean {
  return isObject(body) && body['error'] === text;
}

function membersOf(body: unknown): Members {
  if (!isObject(body)) throw new UnexpectedResponseError('the response is not an object');
  return body;
}

function textOf(members: Members, name: string): string | undefined {
  const value = members[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new UnexpectedResponseError(`${name} of the response is not a string`);
  return value;
}

/** Both times are whole seconds, rounded down, so the true age may be up to one second less. */
function ageOf(createdAt: unknown, atMs: number): number {
  return typeof createdAt === 'number' ? Math.max(0, atMs - (createdAt + 1) * 1000) : 0;
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
