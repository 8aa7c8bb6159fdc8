/** Canonical reference to a container image: all spellings of one image parse to the same value. */
export interface ImageName {
  /** In lower case; `docker.io` for names that engines resolve to Docker Hub. */
  readonly registry: string;
  /** Registry and full path, such as `docker.io/library/debian`. */
  readonly repository: string;
  /** The digest if present (engines prefer it, too), otherwise the tag, by default `latest`. */
  readonly version: string;
  /** Repository and version. Fully qualified, so that engines do not mistake it for an image id or a short name. */
  readonly name: string;
  /**
   * Equal for all names of one repository, even if engines treat them as different: default ports, Docker Hub hosts.
   */
  readonly repositoryKey: string;
}

export const MAX_IMAGE_NAME = 255;

const DOCKER_HUB = 'docker.io';
/** Engines store images of this host under `docker.io`. */
const DOCKER_HUB_ALIAS = 'index.docker.io';
/** Engines treat these as different from `docker.io`, but they serve the same repositories. */
const DOCKER_HUB_HOSTS = new Set([DOCKER_HUB, 'registry-1.docker.io', 'registry.hub.docker.com']);
/**
 * Registry in the names of images that drivers make, such as snapshots; tenants and catalogs cannot name them. Domain
 * names under `invalid` never exist (RFC 6761).
 */
export const RESERVED_REGISTRY = 'uim-snapshots.invalid';
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?';
const HOST = new RegExp(`^${LABEL}(?:\\.${LABEL})*(?::\\d{1,5})?$`);
/** HTTPS, and HTTP for registries that the engine is configured to reach without encryption. */
const DEFAULT_PORT = /:0*(?:443|80)$/;
const COMPONENT = /^[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
/** Engines resolve these to any local image whose id starts with them. */
const ENGINE_ID = /^(?:sha256:[0-9a-f]+|[0-9a-f]{64})$/;

/**
 * Parses a name by the grammar of the OCI distribution specification; undefined if it is invalid. Image ids and
 * names in the reserved registry are rejected. An accepted name cannot escape a URL path.
 */
export function parseImageName(text: string): ImageName | undefined {
  if (text.length > MAX_IMAGE_NAME) return undefined;
  const [named = '', digest, ...more] = text.split('@');
  const slash = named.lastIndexOf('/');
  const colon = named.indexOf(':', slash + 1);
  const tag = colon < 0 ? undefined : named.slice(colon + 1);
  const { host, path } = partsOf(colon < 0 ? named : named.slice(0, colon));
  const isName =
    more.length === 0 &&
    (host === undefined || (HOST.test(host) && !isReserved(host))) &&
    path.every((part) => COMPONENT.test(part)) &&
    !ENGINE_ID.test(named) &&
    (tag === undefined || TAG.test(tag)) &&
    (digest === undefined || DIGEST.test(digest));
  if (!isName) return undefined;
  const registry = canonicalRegistry(host ?? DOCKER_HUB);
  const repository = join(registry, path);
  return {
    registry,
    repository,
    version: digest ?? tag ?? 'latest',
    name: digest === undefined ? `${repository}:${tag ?? 'latest'}` : `${repository}@${digest}`,
    repositoryKey: join(keyOf(registry), path),
  };
}

/** Converts a registry to the form used in `ImageName`. */
export function canonicalRegistry(host: string): string {
  const lower = host.toLowerCase();
  return lower === DOCKER_HUB_ALIAS ? DOCKER_HUB : lower;
}

/** Whether the version is a digest, which always names the same content; a tag can be moved. */
export function hasDigest({ version }: ImageName): boolean {
  return DIGEST.test(version);
}

/** With any port: engines must not look for it either. */
function isReserved(host: string): boolean {
  return canonicalRegistry(host).replace(/:\d+$/, '') === RESERVED_REGISTRY;
}

function keyOf(registry: string): string {
  const host = canonicalRegistry(registry.replace(DEFAULT_PORT, ''));
  return DOCKER_HUB_HOSTS.has(host) ? DOCKER_HUB : host;
}

/** Official images of Docker Hub are in `library`. */
function join(registry: string, path: readonly string[]): string {
  const isOfficial = registry === DOCKER_HUB && path.length === 1;
  return [registry, ...(isOfficial ? ['library'] : []), ...path].join('/');
}

/** The first part is a host if it has a dot or a port, or is `localhost`; all engines use this rule. */
function partsOf(repository: string): {
  readonly host: string | undefined;
  readonly path: readonly string[];
} {
  const parts = repository.split('/');
  const [first = ''] = parts;
  const hasHost = parts.length > 1 && (/[.:]/.test(first) || first === 'localhost');
  return hasHost ? { host: first, path: parts.slice(1) } : { host: undefined, path: parts };
}
