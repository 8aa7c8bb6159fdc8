// Lets Node require TypeScript as Jest does: file by file, without type checking. For `node --require`.
const Module = require('node:module');
const { transformFileSync } = require('@swc/core');
const [, options] = require('../jest.config.cjs').projects[0].transform['^.+\\.[tj]s$'];

Module._extensions['.ts'] = (module, file) => {
  const { code } = transformFileSync(file, { ...options, swcrc: false, sourceMaps: 'inline' });
  module._compile(code, file);
};
