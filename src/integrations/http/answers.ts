import { UnexpectedAnswer } from './call';
import { isResourceId } from './resource-id';

/** What this service reads of a network or volume; everything beyond the id may be absent in old builds. */
export interface ResourceAnswer {
  readonly id: string;
  readonly tenantId: string | undefined;
  readonly status: string | undefined;
  readonly attachedTo: string | undefined;
  readonly metadata: Readonly<Record<string, unknown>>;
}

type Members = Readonly<Record<string, unknown>>;

/** @throws {UnexpectedAnswer} where it is no network or volume. */
export function readResource(body: unknown): ResourceAnswer {
  const members = membersOf(body);
  const id = members['id'];
  if (typeof id !== 'string' || !isResourceId(id)) throw new UnexpectedAnswer('its answer has no id');
  const metadata = members['metadata'];
  return {
    id,
    tenantId: textOf(members, 'tenantId'),
    status: textOf(members, 'status'),
    attachedTo: textOf(members, 'attachedTo'),
    metadata: isObject(metadata) ? metadata : {},
  };
}

/** The network or volume that was asked for, and no other. @throws {UnexpectedAnswer} */
export function readResourceOf(id: string, body: unknown): ResourceAnswer {
  const resource = readResource(body);
  if (resource.id !== id) throw new UnexpectedAnswer('its answer is about another one');
  return resource;
}

/**
 * Reads `{<member>: [...]}`, without what is no network or volume: one odd row must not hide the others.
 * @throws {UnexpectedAnswer}
 */
export function readResources(body: unknown, member: string): readonly ResourceAnswer[] {
  const list = membersOf(body)[member];
  if (!Array.isArray(list)) throw new UnexpectedAnswer(`its answer has no list of ${member}`);
  return list.flatMap((element) => {
    try {
      return [readResource(element)];
    } catch (error) {
      if (error instanceof UnexpectedAnswer) return [];
      throw error;
    }
  });
}

/** Whether a refusal is the neighbour's own, and not that of something on the way to it. */
export function saysError(body: unknown, text: string): boolean {
  return isObject(body) && body['error'] === text;
}

function membersOf(body: unknown): Members {
  if (!isObject(body)) throw new UnexpectedAnswer('its answer is no object');
  return body;
}

function textOf(members: Members, name: string): string | undefined {
  const value = members[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new UnexpectedAnswer(`${name} of its answer is no text`);
  return value;
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
