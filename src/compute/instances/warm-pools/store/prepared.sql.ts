import { WARM_POOLS } from '../../../../platform/values/tenant';
import { IS_OPEN } from '../../../operations';

/** Whether the instance `i` is of a pool, and not being deleted. */
export const IS_PREPARED = `i.tenant_id = '${WARM_POOLS}' AND NOT EXISTS (
  SELECT FROM resource_operations o WHERE o.resource_id = i.id AND ${IS_OPEN} AND o.type <> 'create'
)`;
