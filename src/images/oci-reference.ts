/** The grammar of the distribution specification: [domain[:port]/]path[:tag][@digest]. */
const COMPONENT = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const DOMAIN = `(?:${COMPONENT}(?:\\.${COMPONENT})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]{1,5})?`;
const PART = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const TAG = '[\\w][\\w.-]{0,127}';
const DIGEST = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';
const REFERENCE = new RegExp(`^(?:${DOMAIN}/)?${PART}(?:/${PART})*(?::${TAG})?(?:@${DIGEST})?$`);
/** What engines take for the id of an image that they have, whoever may use it. */
const ENGINE_ID = /^(?:sha256:)?[0-9a-f]{64}$/;

export const MAX_REFERENCE = 255;

/** Whether it is the name of an image in a registry; the id of one that an engine has is none. */
export function isOciReference(text: string): boolean {
  return text.length <= MAX_REFERENCE && REFERENCE.test(text) && !ENGINE_ID.test(text);
}
