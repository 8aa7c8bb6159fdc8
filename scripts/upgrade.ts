import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { PostgresCluster } from '../test/support/postgres';
import { EARLIER_VERSIONS, upgrade } from '../test/support/upgrade/upgrade';

const INSTANCES = 100_000;

/**
 * Upgrades a filled database of every earlier schema version, and compares its data before and after.
 * Arguments: the number of instances, and optionally the only version to upgrade from.
 */
async function main([count, only]: readonly string[]): Promise<void> {
  Logger.overrideLogger(false);
  const instances = Number(count ?? INSTANCES);
  const versions = EARLIER_VERSIONS.filter((version) => only === undefined || version === Number(only));
  const cluster = await PostgresCluster.start(true);
  try {
    for (const version of versions) {
      const { seconds, problems } = await upgrade(await cluster.createDatabase(), version, instances);
      const result = problems.length === 0 ? 'data equal' : problems.join('\n  ');
      process.stdout.write(
        `schema ${version}, ${instances} instances: migrations took ${seconds.toFixed(1)} s, ${result}\n`,
      );
      if (problems.length > 0) process.exitCode = 1;
    }
  } finally {
    await cluster.stop();
  }
}

void main(process.argv.slice(2));
