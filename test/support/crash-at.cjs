/**
 * Preloaded into a service: kills it, like a power failure, at the failpoint named in the file CRASH_AT_FILE. Tests
 * write the name while the service runs; without the file, nothing happens.
 */
const { subscribe } = require('node:diagnostics_channel');
const { readFileSync } = require('node:fs');

subscribe('uim-iaas-compute.failpoints', ({ name }) => {
  if (name === armed()) process.kill(process.pid, 'SIGKILL');
});

function armed() {
  try {
    return readFileSync(process.env.CRASH_AT_FILE, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
