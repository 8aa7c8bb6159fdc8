import { makeTemplate } from './template';

// A build step, see package.json.
makeTemplate().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
