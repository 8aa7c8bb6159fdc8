import type { ClaimedOperation } from '../../operations';

/** The arguments of an attach or detach: `attachmentId`, here as SQL for the id of the attachment. */
export const attachmentArgs = (id: string): string => `jsonb_build_object('attachmentId', ${id})`;

/** The attachment of the operation `o`; null for other types. */
export const ATTACHMENT_OF_O = `(o.args ->> 'attachmentId')::uuid`;

/** @throws if the operation has no attachment. */
export function attachmentIdOf({ id, args }: Pick<ClaimedOperation, 'id' | 'args'>): string {
  const { attachmentId } = args;
  if (typeof attachmentId !== 'string') throw new Error(`operation ${id} has no attachment`);
  return attachmentId;
}
