import { Terminal } from './output/terminal';
import { run } from './program';

const { argv, env: environment, stdout, stderr } = process;
// An empty variable counts as absent, also for the options that read it.
for (const [name, value] of Object.entries(environment))
  if (name.startsWith('UIM_COMPUTE_') && value === '') Reflect.deleteProperty(environment, name);
const terminal = new Terminal(stdout, stderr, environment);
void run({ argv, environment, terminal, streams: process }).then((code) => {
  process.exitCode = code;
});
