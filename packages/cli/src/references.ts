import type { ComputeClient, Instance, InstanceFilter, Webhook } from 'uim-compute-client';
import { collected } from './collected';
import { NotFoundError, UsageError } from './failures';
import { shortId } from './instance-columns';
import { age } from './output/time';

/** An instance that a command line names. */
export interface Reference {
  readonly id: string;
  /** Its name, or the id if the instance was not looked up. */
  readonly name: string;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Part of an id: long enough to be meant as one. */
export const ID_PART = /^[0-9a-f][0-9a-f-]{2,34}[0-9a-f]$/i;
/** Instances that a message lists if several match. */
const MAX_LISTED = 5;

/** Where to look for an instance: by default, among those that are not deleted. */
export type Among = Pick<InstanceFilter, 'deleted'>;

/**
 * Finds the instance that a user means: by its id, by its exact name, or by the start or end of its id. Only an id
 * needs no request.
 * @throws {UsageError} if several match
 * @throws {NotFoundError} if none matches
 */
export async function findInstance(
  client: ComputeClient,
  text: string,
  signal: AbortSignal,
  among: Among = {},
): Promise<Reference> {
  if (text === '') throw new UsageError('an instance must be given by its name or ID');
  if (UUID.test(text)) return { id: text, name: text };
  // Enough for a message.
  const pageSize = MAX_LISTED + 1;
  const matching = (filter: InstanceFilter): Promise<Instance[]> =>
    collected(client.list({ ...among, ...filter }, { signal, pageSize }), pageSize);
  const named = await matching({ name: text });
  const withId = ID_PART.test(text) ? await matching({ id: text }) : [];
  const found = [...new Map([...named, ...withId].map((each) => [each.id, each])).values()];
  const [first, second] = found;
  if (!first)
    throw new NotFoundError(`no instance has the name or ID ${text}`, 'To list instances: uim-compute list');
  if (second) throw new UsageError(ambiguous(text, found));
  return first;
}

/**
 * Finds a webhook by its id, or by the start or end of its id. Only a full id needs no request.
 * @throws {UsageError} if several match
 * @throws {NotFoundError} if none matches
 */
export async function findWebhook(
  client: ComputeClient,
  text: string,
  signal: AbortSignal,
): Promise<Pick<Webhook, 'id'>> {
  if (UUID.test(text)) return { id: text };
  const part = text.toLowerCase();
  const webhooks = ID_PART.test(part) ? await client.webhooks.list({ signal }) : [];
  const [first, second] = webhooks.filter(({ id }) => id.startsWith(part) || id.endsWith(part));
  if (!first)
    throw new NotFoundError(`no webhook has the ID ${text}`, 'To list webhooks: uim-compute webhooks');
  if (second) throw new UsageError(`several webhooks match ${text}; pass more of the ID`);
  return first;
}

function ambiguous(text: string, found: readonly Instance[]): string {
  const listed = found.slice(0, MAX_LISTED).map(describe).join(', ');
  const more = found.length > MAX_LISTED ? ' and others' : '';
  return `several instances match ${text}; pass an ID: ${listed}${more}`;
}

function describe({ id, name, status, createdAt }: Instance): string {
  return `${shortId(id)} (${name}, ${status}, ${age(createdAt)} old)`;
}
