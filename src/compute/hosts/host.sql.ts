/** The host of the instance `i`. Those of the previous version have none: they are on the first host of their backend. */
export const HOST_OF_I = 'coalesce(i.host_id, i.driver)';
