import { Terminal } from './output/terminal';
import { run } from './program';

const { argv, env: environment, stdout, stderr } = process;
void run({ argv, environment, terminal: new Terminal(stdout, stderr, environment) }).then((code) => {
  process.exitCode = code;
});
