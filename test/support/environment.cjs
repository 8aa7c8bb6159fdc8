const { readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { TestEnvironment } = require('jest-environment-node');

/**
 * PGlite's WebAssembly, compiled once per Jest process. V8 shares the compiled code between all instances of a module
 * in a process, but only while it is referenced; otherwise each application that a test starts would compile 9 MB
 * again.
 */
const pglite = process.env.TEST_DATABASE === 'postgres' ? undefined : compile();

module.exports = class extends TestEnvironment {
  pglite = pglite;
};

function compile() {
  const file = join(dirname(require.resolve('@electric-sql/pglite')), 'pglite.wasm');
  return new WebAssembly.Module(readFileSync(file));
}
