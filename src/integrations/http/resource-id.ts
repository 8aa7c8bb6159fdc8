const RESOURCE_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,254}$/;

/** Whether this can be the id of a network or volume; other text could change the request path. */
export function isResourceId(id: string): boolean {
  return RESOURCE_ID.test(id);
}
