import { choice, defineConfig, integer, matching, ratio, setting, text } from '../../platform/config';
import { ReadableSecret } from '../../platform/values/secret';

const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/;

const CREDENTIALS = ['DOCKER_REGISTRY', 'DOCKER_REGISTRY_USER', 'DOCKER_REGISTRY_PASSWORD'] as const;

/** An engine on a Unix socket or behind plain TCP. */
function parseHost(input: string): string {
  const url = URL.canParse(input) ? new URL(input) : undefined;
  const isSocket = /^unix:\/\/\/[^?#]+$/.test(input);
  const isTcp = url?.protocol === 'tcp:' && url.port !== '' && /^tcp:\/\/[^/@?#]+$/.test(input);
  if (!isSocket && !isTcp) throw new TypeError('must look like unix:///path/docker.sock or tcp://host:port');
  return input;
}

/** Template for the name of an engine resource; `{id}` stands for its id. */
function parseTemplate(input: string): string {
  if (input !== '' && !/^([A-Za-z0-9][A-Za-z0-9_.-]{0,63})?\{id\}[A-Za-z0-9_.-]{0,63}$/.test(input)) {
    throw new TypeError('must be a name with {id} in it, e.g. net-{id}');
  }
  return input;
}

export class DockerConfig extends defineConfig({
  title: 'Docker and Podman',
  variables: {
    DOCKER_HOST: setting(parseHost, {
      default: 'unix:///var/run/docker.sock',
      desc: 'Driver docker: address of the engine, Docker or Podman, as unix:///path or tcp://host:port',
    }),
    DOCKER_TIMEOUT_SECONDS: integer(1, 600, {
      default: 60,
      desc: 'Driver docker: time limit for one engine call, except pulling images',
    }),
    DOCKER_PULL: choice(['always', 'missing', 'never'], 'always, missing or never', {
      default: 'missing',
      desc: 'Driver docker: when images are pulled: always, missing or never',
    }),
    DOCKER_REGISTRY: matching(
      /^([A-Za-z0-9][A-Za-z0-9.-]{0,252}(:\d{1,5})?)?$/,
      'host or host:port as in image names',
      {
        default: '',
        desc: 'Driver docker: registry that the credentials are sent to, and no other; docker.io is the default registry',
      },
    ),
    DOCKER_REGISTRY_USER: text({ default: '', desc: 'Driver docker: user name at that registry' }),
    DOCKER_REGISTRY_PASSWORD: text({
      default: '',
      desc: 'Driver docker: password or token at that registry',
    }),
    DOCKER_STOP_SECONDS: integer(0, 3600, {
      default: 10,
      desc: 'Driver docker: seconds between asking a container to stop and killing it',
    }),
    DOCKER_PIDS_LIMIT: integer(1, 4_194_304, {
      default: 512,
      desc: 'Driver docker: maximum number of processes and threads in one container',
    }),
    DOCKER_NETWORK: matching(NAME, 'tenant, none, or the name of a network of the engine', {
      default: 'tenant',
      desc: 'Driver docker: tenant (a bridge for each tenant), none, or the name of a network for all',
    }),
    DOCKER_NETWORK_NAME: setting(parseTemplate, {
      default: '',
      desc: 'Driver docker: engine name of an attached network, e.g. net-{id}; empty maps none',
    }),
    DOCKER_VOLUME_NAME: setting(parseTemplate, {
      default: '',
      desc: 'Driver docker: engine name of an attached volume, e.g. vol-{id}; empty maps none',
    }),
    DOCKER_PUBLISH_ADDRESS: matching(/^[0-9a-fA-F.:]{2,45}$/, 'an IP address', {
      default: '127.0.0.1',
      desc: 'Driver docker: host address on which ports are published',
    }),
    DOCKER_CPU_OVERCOMMIT: ratio({
      default: 4,
      desc: 'Driver docker: CPU allocation ratio: virtual CPUs per CPU of the host',
    }),
    DOCKER_RAM_OVERCOMMIT: ratio({ default: 1, desc: 'Driver docker: memory allocation ratio' }),
    DOCKER_DISK_OVERCOMMIT: ratio({ default: 1, desc: 'Driver docker: disk allocation ratio' }),
  },
  problems: (env) => {
    const missing = CREDENTIALS.filter((key) => env[key] === '');
    if (missing.length === 0 || missing.length === CREDENTIALS.length) return [];
    return missing.map((key) => `${key} is required: set registry, user and password together`);
  },
  config: (env) => ({
    /** `unix:///path` or `tcp://host:port`. */
    host: env.DOCKER_HOST,
    /** Timeout of one engine call; image pulls only have the timeout of their operation. */
    timeoutMs: env.DOCKER_TIMEOUT_SECONDS * 1000,
    pull: env.DOCKER_PULL,
    /** The registry with credentials, if configured. */
    registry:
      env.DOCKER_REGISTRY === ''
        ? undefined
        : {
            /** As in image names: `host`, `host:port`, or `docker.io`. */
            name: env.DOCKER_REGISTRY,
            user: env.DOCKER_REGISTRY_USER,
            password: new ReadableSecret(env.DOCKER_REGISTRY_PASSWORD),
          },
    /** Time a container has to stop before it is killed. */
    stopMs: env.DOCKER_STOP_SECONDS * 1000,
    pidsLimit: env.DOCKER_PIDS_LIMIT,
    /** `tenant`, `none`, or the name of a network of the engine. */
    network: env.DOCKER_NETWORK,
    /** Templates with `{id}` for names at the engine; if empty, ids are not mapped. */
    networkName: env.DOCKER_NETWORK_NAME,
    volumeName: env.DOCKER_VOLUME_NAME,
    publishAddress: env.DOCKER_PUBLISH_ADDRESS,
    allocationRatios: {
      cpu: env.DOCKER_CPU_OVERCOMMIT,
      ram: env.DOCKER_RAM_OVERCOMMIT,
      disk: env.DOCKER_DISK_OVERCOMMIT,
    },
  }),
}) {}
