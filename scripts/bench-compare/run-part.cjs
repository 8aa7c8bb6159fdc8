// Runs one part of the benchmark once, with the code of a checkout, and prints its findings as JSON.
// Each checkout measures itself, because the benchmark knows the tables of its own version only.
const { chmodSync, mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join, resolve } = require('node:path');

async function main([checkout, name, scale, mode]) {
  const built = (file) => require(join(resolve(checkout), 'bench/dist/bench', file));
  const { Cluster } = built('support/cluster.js');
  const { LoadGenerator } = built('support/load-generator.js');
  const { killAll } = built('support/processes.js');
  const part = built(`parts/${name}.js`)[name];
  const directory = mkdtempSync(join(tmpdir(), 'compute-bench-'));
  // As root, PostgreSQL runs as another user, and must be able to reach its own directory below.
  chmodSync(directory, 0o755);
  process.once('exit', () => {
    killAll();
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  const cluster = await Cluster.start(directory);
  const load = new LoadGenerator();
  const bench = {
    cluster,
    load,
    directory,
    rounds: 1,
    scale: Number(scale),
    isQuick: mode === 'quick',
    say: () => undefined,
  };
  const findings = await part.run(bench);
  await load.stop();
  await cluster.stop();
  process.stdout.write(JSON.stringify(findings));
}

main(process.argv.slice(2)).then(
  () => process.exit(),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
