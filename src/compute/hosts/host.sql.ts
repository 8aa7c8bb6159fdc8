/** The host of the instance `i`. The previous version stores none: its instances are on the first host of their backend. */
export const HOST_OF_I = 'coalesce(i.host_id, i.driver)';
/** The same for the orphan `o`. */
export const HOST_OF_O = 'coalesce(o.host_id, o.driver)';
