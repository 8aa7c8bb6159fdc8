/** Preloaded into a service: kills it, like a power failure, at the failpoint named by CRASH_AT. */
const { subscribe } = require('node:diagnostics_channel');

subscribe('uim-iaas-compute.steps', ({ name }) => {
  if (name === process.env.CRASH_AT) process.kill(process.pid, 'SIGKILL');
});
