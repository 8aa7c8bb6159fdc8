import { defineDriver } from '../port/driver-plugin';
import { DockerConfig } from './docker.config';
import { DockerDriver } from './docker.driver';
import { readDockerImage } from './images/docker.image-source';

export const dockerPlugin = defineDriver({
  kind: 'docker',
  config: DockerConfig,
  create: (config, { deploymentId, clock }) => new DockerDriver(config, deploymentId, clock),
  reachesHost: ({ network }) => network !== 'none',
  readImage: readDockerImage,
});
