import { REBOOT_TYPES, type Reboot, type RebootType } from '../../../drivers';
import type { ClaimedOperation } from '../../operations';

type Args = Pick<ClaimedOperation, 'id' | 'args'>;

/** The arguments of a reboot, as the request gives them. */
export const rebootArgs = (type: RebootType): { readonly type: RebootType } => ({ type });

/** @throws if the operation has no type. */
export function rebootTypeOf({ id, args }: Args): RebootType {
  const found = REBOOT_TYPES.find((type) => type === args['type']);
  if (found === undefined) throw new Error(`operation ${id} has no type of reboot`);
  return found;
}

/** The run of the guest that an earlier attempt has noted; undefined if there was none. */
export function runIn({ args: { run } }: Args): Pick<Reboot, 'run'> | undefined {
  return run === null || typeof run === 'string' ? { run } : undefined;
}
