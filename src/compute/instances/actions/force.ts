import type { ClaimedOperation } from '../../operations';

/** The arguments of a deletion: with `force`, it does not wait for platform services. */
export const forceArgs = (isForced: boolean): string => JSON.stringify(isForced ? { force: true } : {});

export function isForced({ args }: Pick<ClaimedOperation, 'args'>): boolean {
  return args['force'] === true;
}

/** The same for the row `o`. */
export const IS_FORCED = `coalesce((o.args ->> 'force')::boolean, false)`;
