import { PostgresCluster } from '../postgres';

let cluster: PostgresCluster | undefined;

/** Starts the PostgreSQL server that all suites of a run share, if they run on PostgreSQL. */
export async function startServer(): Promise<void> {
  if (process.env['TEST_DATABASE'] !== 'postgres') return;
  cluster = await PostgresCluster.start();
  // Read by the processes that run the suites.
  process.env['TEST_POSTGRES_URL'] = cluster.url;
}

export async function stopServer(): Promise<void> {
  await cluster?.stop();
}
