import { run } from './program';
import { Terminal } from './terminal';

const terminal = new Terminal(process.stdout, process.stderr);
void run(process.argv, terminal).then((code) => {
  process.exitCode = code;
});
