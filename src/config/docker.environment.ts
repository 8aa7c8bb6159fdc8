import { str, type CleanedEnv } from 'envalid';
import { ReadableSecret } from '../platform/values/secret';
import type { DockerConfig } from './app-config';
import { dockerHost, integer, matching, pullPolicy, ratio, resourceTemplate } from './validators';

const NAME = '[A-Za-z0-9][A-Za-z0-9_.-]{0,127}';

/** How the Docker driver reaches its engine, and limits for its containers. */
export const DOCKER_ENVIRONMENT = {
  DOCKER_HOST: dockerHost({
    default: 'unix:///var/run/docker.sock',
    desc: 'Driver docker: address of the engine, Docker or Podman, as unix:///path or tcp://host:port',
  }),
  DOCKER_TIMEOUT_SECONDS: integer(
    1,
    600,
  )({ default: 60, desc: 'Driver docker: time limit for one engine call, except pulling images' }),
  DOCKER_PULL: pullPolicy({
    default: 'missing',
    desc: 'Driver docker: when images are pulled: always, missing or never',
  }),
  DOCKER_REGISTRY: matching(
    /^([A-Za-z0-9][A-Za-z0-9.-]{0,252}(:\d{1,5})?)?$/,
    'host or host:port as in image names',
  )({
    default: '',
    desc: 'Driver docker: registry that the credentials are sent to, and no other; docker.io is the default registry',
  }),
  DOCKER_REGISTRY_USER: str({ default: '', desc: 'Driver docker: user name at that registry' }),
  DOCKER_REGISTRY_PASSWORD: str({ default: '', desc: 'Driver docker: password or token at that registry' }),
  DOCKER_STOP_SECONDS: integer(
    0,
    3600,
  )({ default: 10, desc: 'Driver docker: seconds between asking a container to stop and killing it' }),
  DOCKER_PIDS_LIMIT: integer(
    1,
    4_194_304,
  )({ default: 512, desc: 'Driver docker: maximum number of processes and threads in one container' }),
  DOCKER_NETWORK: matching(
    new RegExp(`^${NAME}$`),
    'tenant, none, or the name of a network of the engine',
  )({
    default: 'tenant',
    desc: 'Driver docker: tenant (a bridge for each tenant), none, or the name of a network for all',
  }),
  DOCKER_NETWORK_NAME: resourceTemplate({
    default: '',
    desc: 'Driver docker: engine name of an attached network, e.g. net-{id}; empty maps none',
  }),
  DOCKER_VOLUME_NAME: resourceTemplate({
    default: '',
    desc: 'Driver docker: engine name of an attached volume, e.g. vol-{id}; empty maps none',
  }),
  DOCKER_PUBLISH_ADDRESS: matching(
    /^[0-9a-fA-F.:]{2,45}$/,
    'an IP address',
  )({ default: '127.0.0.1', desc: 'Driver docker: host address on which ports are published' }),
  DOCKER_CPU_OVERCOMMIT: ratio({
    default: 4,
    desc: 'Driver docker: CPU allocation ratio: virtual CPUs per CPU of the host',
  }),
  DOCKER_RAM_OVERCOMMIT: ratio({ default: 1, desc: 'Driver docker: memory allocation ratio' }),
  DOCKER_DISK_OVERCOMMIT: ratio({
    default: 1,
    desc: 'Driver docker: disk allocation ratio',
  }),
};

type DockerEnvironment = CleanedEnv<typeof DOCKER_ENVIRONMENT>;

const CREDENTIALS = ['DOCKER_REGISTRY', 'DOCKER_REGISTRY_USER', 'DOCKER_REGISTRY_PASSWORD'] as const;

/** Problems with the combination of variables. */
export function dockerProblems(env: DockerEnvironment): readonly string[] {
  const missing = CREDENTIALS.filter((key) => env[key] === '');
  if (missing.length === 0 || missing.length === CREDENTIALS.length) return [];
  return missing.map((key) => `${key} is required: set registry, user and password together`);
}

export function toDockerConfig(env: DockerEnvironment): DockerConfig {
  return {
    host: env.DOCKER_HOST,
    timeoutMs: env.DOCKER_TIMEOUT_SECONDS * 1000,
    pull: env.DOCKER_PULL,
    registry:
      env.DOCKER_REGISTRY === ''
        ? undefined
        : {
            name: env.DOCKER_REGISTRY,
            user: env.DOCKER_REGISTRY_USER,
            password: new ReadableSecret(env.DOCKER_REGISTRY_PASSWORD),
          },
    stopMs: env.DOCKER_STOP_SECONDS * 1000,
    pidsLimit: env.DOCKER_PIDS_LIMIT,
    network: env.DOCKER_NETWORK,
    networkName: env.DOCKER_NETWORK_NAME,
    volumeName: env.DOCKER_VOLUME_NAME,
    publishAddress: env.DOCKER_PUBLISH_ADDRESS,
    allocationRatios: {
      cpu: env.DOCKER_CPU_OVERCOMMIT,
      ram: env.DOCKER_RAM_OVERCOMMIT,
      disk: env.DOCKER_DISK_OVERCOMMIT,
    },
  };
}
