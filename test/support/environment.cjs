const { readFileSync, statfsSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { TestEnvironment } = require('jest-environment-node');

/**
 * PGlite's WebAssembly, compiled once per Jest process. V8 shares the compiled code between all instances of a module
 * in a process, but only while it is referenced; otherwise each application that a test starts would compile 9 MB
 * again.
 */
const pglite = process.env.TEST_DATABASE === 'postgres' ? undefined : compile();

/**
 * Temporary directory in memory. Each database creates and deletes about 1,000 files, and ext4 spends a fifth of all
 * processor time of the tests on choosing inodes for them. Tests that need a disk's properties mount their own.
 */
const MEMORY = '/dev/shm';
const MIN_FREE_BYTES = 4 * 2 ** 30;

module.exports = class extends TestEnvironment {
  pglite = pglite;

  constructor(config, context) {
    super(config, context);
    // The disks of real engines are too large for memory.
    const isEngines = config.projectConfig.displayName?.name === 'engines';
    if (!isEngines && hasRoom(MEMORY)) process.env.TMPDIR ??= MEMORY;
  }
};

function hasRoom(directory) {
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize >= MIN_FREE_BYTES;
  } catch {
    // Not every system has one.
    return false;
  }
}

function compile() {
  const file = join(dirname(require.resolve('@electric-sql/pglite')), 'pglite.wasm');
  return new WebAssembly.Module(readFileSync(file));
}
