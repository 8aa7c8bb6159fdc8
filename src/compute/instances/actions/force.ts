import type { ClaimedOperation } from '../../operations';

/** Whether a deletion does not wait for platform services. */
export function isForced({ args }: Pick<ClaimedOperation, 'args'>): boolean {
  return args['force'] === true;
}

/** The same for the row `o`. */
export const IS_FORCED = `coalesce((o.args ->> 'force')::boolean, false)`;
