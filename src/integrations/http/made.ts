import type { MadeFor } from '../integration';
import type { ResourceAnswer } from './answers';

const INSTANCE = 'compute.instanceId';
const ATTACHMENT = 'compute.attachmentId';

/** Metadata of a created network or volume, used to find it again after a crash. */
export function markOf({ instanceId, attachmentId }: MadeFor): Record<string, string> {
  return { [INSTANCE]: instanceId, [ATTACHMENT]: attachmentId };
}

export function isMadeFor({ metadata }: ResourceAnswer, { instanceId, attachmentId }: MadeFor): boolean {
  return metadata[INSTANCE] === instanceId && metadata[ATTACHMENT] === attachmentId;
}
