import type { Owner } from '../integration';
import type { PlatformResource } from './resource-responses';

const INSTANCE = 'compute.instanceId';
const ATTACHMENT = 'compute.attachmentId';

/** Metadata of a created network or volume, used to find it again after a crash. */
export function ownerTags({ instanceId, attachmentId }: Owner): Record<string, string> {
  return { [INSTANCE]: instanceId, [ATTACHMENT]: attachmentId };
}

export function isOwnedBy({ metadata }: PlatformResource, { instanceId, attachmentId }: Owner): boolean {
  return metadata[INSTANCE] === instanceId && metadata[ATTACHMENT] === attachmentId;
}
