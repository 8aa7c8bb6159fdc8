import { describeWhere } from '../support/describe-where';
import { POSTGRES_MISSING, PostgresCluster } from '../support/postgres';
import { EARLIER_VERSIONS, upgrade } from '../support/upgrade/upgrade';

/** `node --require ./scripts/typescript.cjs scripts/upgrade.ts` does the same with 100,000. */
const INSTANCES = 300;

describeWhere(POSTGRES_MISSING, 'an upgrade from an earlier schema', () => {
  let cluster: PostgresCluster;
  beforeAll(async () => {
    cluster = await PostgresCluster.start();
  });
  afterAll(() => cluster.stop());

  it.each(EARLIER_VERSIONS)('keeps all data of version %i', async (version) => {
    const { problems } = await upgrade(await cluster.createDatabase(), version, INSTANCES);
    expect(problems).toEqual([]);
  });
});
