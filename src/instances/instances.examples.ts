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
    summary: 'Three of a kind, all or none',
    value: { name: 'worker', flavor: 'small', type: 'container', count: 3 },
  },
  container: {
    summary: 'A container that fails to start, to see how that looks',
    value: {
      name: 'broken',
      flavor: 'small',
      type: 'container',
      metadata: { 'simulate.createError': 'no memory left on the host' },
    },
  },
};

export const UPDATES = {
  rename: { summary: 'Another name', value: { name: 'web-server-1' } },
  protect: { summary: 'Against deletion by mistake', value: { deletionProtection: true } },
  metadata: {
    summary: 'One pair set, one removed',
    value: { metadata: { application: 'caddy', environment: null } },
  },
};
