import { refused } from './docker.errors';

/** An OCI image name in its parts. */
export interface ImageReference {
  /** `docker.io` where the name says none. */
  readonly registry: string;
  /** Registry and path as the name has them, without tag and digest. */
  readonly repository: string;
  /** A tag, or a digest with its algorithm. */
  readonly version: string;
  readonly name: string;
}

const LONGEST = 512;
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?';
const HOST = new RegExp(`^${LABEL}(?:\\.${LABEL})*(?::\\d{1,5})?$`);
const COMPONENT = /^[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/**
 * Takes a name apart by the grammar of OCI. Nothing else gets into a path of the engine's API: an id of an image
 * at the engine is no name, and neither is anything with `..` in it.
 * @throws {DriverError} where it is no name.
 */
export function parseReference(name: string): ImageReference {
  const reference = name.length <= LONGEST ? split(name) : undefined;
  if (!reference) {
    throw refused('The image is no name of a container image, as e.g. registry.example.com/team/app:1.2 is');
  }
  return reference;
}

function split(name: string): ImageReference | undefined {
  const [named = '', digest, ...more] = name.split('@');
  const slash = named.lastIndexOf('/');
  const colon = named.indexOf(':', slash + 1);
  const repository = colon < 0 ? named : named.slice(0, colon);
  const tag = colon < 0 ? undefined : named.slice(colon + 1);
  const parts = repository.split('/');
  const first = parts[0] ?? '';
  const hasHost = parts.length > 1 && (/[.:]/.test(first) || first === 'localhost');
  const path = hasHost ? parts.slice(1) : parts;
  const isName =
    more.length === 0 &&
    (!hasHost || HOST.test(first)) &&
    path.every((part) => COMPONENT.test(part)) &&
    !/^(sha256:)?[0-9a-f]{64}$/.test(named) &&
    (tag === undefined || TAG.test(tag)) &&
    (digest === undefined || DIGEST.test(digest));
  if (!isName) return undefined;
  return { registry: hasHost ? first : 'docker.io', repository, version: digest ?? tag ?? 'latest', name };
}
