import { resolve } from 'node:path';
import { DockerConfig } from '../../drivers/docker/docker.config';
import { defineConfig, integer, listOf, path, setting } from '../../platform/config';

const REGISTRY = /^(\*|[A-Za-z0-9][A-Za-z0-9.-]{0,252}(:\d{1,5})?)$/;

function parseRegistries(input: string): string {
  if (listOf(input).every((registry) => REGISTRY.test(registry))) return input;
  throw new TypeError('must be host or host:port as in image names, separated by commas, or *');
}

export class ImagesConfig extends defineConfig({
  title: 'Images',
  variables: {
    IMAGES_FILE: path({ default: '', desc: 'JSON file with the image catalog; empty means no catalog' }),
    IMAGES_REGISTRIES: setting(parseRegistries, {
      default: 'docker.io',
      desc: 'Registries whose images tenants may name, separated by commas; DOCKER_REGISTRY is added; * means any',
    }),
    IMAGES_PER_TENANT: integer(0, 10_000, {
      default: 100,
      desc: 'Maximum number of images that a tenant may publish from its snapshots',
    }),
  },
  uses: { DOCKER_REGISTRY: DockerConfig.variables.DOCKER_REGISTRY },
  config: (env) => ({
    /** Absolute path of the catalog; undefined without one. */
    file: env.IMAGES_FILE === '' ? undefined : resolve(env.IMAGES_FILE),
    perTenant: env.IMAGES_PER_TENANT,
    /** Registries that tenants may use images from, as `host` or `host:port`; `*` means any. */
    registries: [...listOf(env.IMAGES_REGISTRIES), ...listOf(env.DOCKER_REGISTRY)],
  }),
}) {}
