import { makeTemplate } from './template';

// A step of the build, see package.json.
makeTemplate().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
