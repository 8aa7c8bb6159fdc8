import type { ClaimedOperation } from '../../operations';

/** The arguments of an undelete: whether it starts the guest. */
export const undeleteArgs = (isStart: boolean): { readonly start: boolean } => ({ start: isStart });

export function isStart({ args }: Pick<ClaimedOperation, 'args'>): boolean {
  return args['start'] === true;
}
