/** The host of the instance `i`. The previous version stores none: its instances are on the first host of their backend. */
export const HOST_OF_I = 'coalesce(i.host_id, i.driver)';
