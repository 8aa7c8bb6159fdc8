const RESOURCE_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,254}$/;

/** Whether a neighbour can have something of this id: what else there is could only lead its path astray. */
export function isResourceId(id: string): boolean {
  return RESOURCE_ID.test(id);
}
