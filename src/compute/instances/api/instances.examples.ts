/**
 * Without examples, Swagger UI would send all members of a new instance, including those that need a platform service.
 */
export const CREATIONS = {
  vm: {
    summary: 'A virtual machine',
    value: {
      name: 'web-server',
      flavor: 'medium',
      type: 'vm',
      imageId: 'ubuntu-22.04',
      metadata: { application: 'nginx' },
    },
  },
  three: {
    summary: 'Three identical instances, all or none',
    value: { name: 'worker', flavor: 'small', type: 'container', count: 3 },
  },
  container: {
    summary: 'A simulated container that fails to start',
    value: {
      name: 'broken',
      flavor: 'small',
      type: 'container',
      metadata: { 'simulate.createError': 'no memory left on the host' },
    },
  },
};

export const UPDATES = {
  rename: { summary: 'A new name', value: { name: 'web-server-1' } },
  protect: { summary: 'Deletion protection', value: { deletionProtection: true } },
  restarts: {
    summary: 'Restarts after failures, at most three in a row',
    value: { restartPolicy: { condition: 'on-failure', maxRestarts: 3 } },
  },
  metadata: {
    summary: 'One metadata pair set, one removed',
    value: { metadata: { application: 'caddy', environment: null } },
  },
};
