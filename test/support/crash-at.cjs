/** Loaded into a service before its own code: kills it, as a power cut would, when it passes the boundary of CRASH_AT. */
const { subscribe } = require('node:diagnostics_channel');

subscribe('uim-iaas-compute.steps', ({ name }) => {
  if (name === process.env.CRASH_AT) process.kill(process.pid, 'SIGKILL');
});
