/** Name of a container image in its parts, by the grammar of the OCI distribution specification. */
export interface ImageName {
  /** `docker.io` where the name says none. */
  readonly registry: string;
  /** Registry and path as the name has them, without tag and digest. */
  readonly repository: string;
  /** A tag, or a digest with its algorithm. */
  readonly version: string;
  /** Always with its version: digits and letters alone could be the id of an image that an engine has. */
  readonly name: string;
}

export const MAX_IMAGE_NAME = 255;

const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?';
const HOST = new RegExp(`^${LABEL}(?:\\.${LABEL})*(?::\\d{1,5})?$`);
const COMPONENT = /^[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
/** What engines take for the id of an image that they have, whoever may use it. */
const ENGINE_ID = /^(?:sha256:)?[0-9a-f]{64}$/;

/**
 * Takes a name apart; undefined where it is none. Of what is taken nothing leads out of a path: the id of an image
 * at an engine is no name, and neither is anything with `..` in it.
 */
export function parseImageName(text: string): ImageName | undefined {
  if (text.length > MAX_IMAGE_NAME) return undefined;
  const [named = '', digest, ...more] = text.split('@');
  const slash = named.lastIndexOf('/');
  const colon = named.indexOf(':', slash + 1);
  const repository = colon < 0 ? named : named.slice(0, colon);
  const tag = colon < 0 ? undefined : named.slice(colon + 1);
  const { host, path } = partsOf(repository);
  const isName =
    more.length === 0 &&
    (host === undefined || HOST.test(host)) &&
    path.every((part) => COMPONENT.test(part)) &&
    !ENGINE_ID.test(named) &&
    (tag === undefined || TAG.test(tag)) &&
    (digest === undefined || DIGEST.test(digest));
  if (!isName) return undefined;
  const isVersioned = tag !== undefined || digest !== undefined;
  const version = digest ?? tag ?? 'latest';
  return { registry: host ?? 'docker.io', repository, version, name: isVersioned ? text : `${text}:latest` };
}

/** Registry and path in full, the same for every way to write them: `debian` is `docker.io/library/debian`. */
export function fullRepository({ registry, repository }: ImageName): string {
  const path = partsOf(repository).path;
  const isOfficial = registry === 'docker.io' && path.length === 1;
  return [registry, ...(isOfficial ? ['library'] : []), ...path].join('/').toLowerCase();
}

function partsOf(repository: string): {
  readonly host: string | undefined;
  readonly path: readonly string[];
} {
  const parts = repository.split('/');
  const [first = ''] = parts;
  const hasHost = parts.length > 1 && (/[.:]/.test(first) || first === 'localhost');
  return hasHost ? { host: first, path: parts.slice(1) } : { host: undefined, path: parts };
}
