import type { Database } from '../database';

/** With "-" and eight digits of the id it makes 63, the shortest label limit among the engines. */
const LONGEST_NAME = 54;

/** Identifies this deployment to the engines that it uses. */
export class Deployment {
  /**
   * @param deploymentId tags everything created at engines: the operator's name for the deployment and eight digits of the
   *   database's own id, at most 63 of a-z, 0-9 and "-". Deployments with different databases have different marks.
   */
  constructor(readonly deploymentId: string) {}

  /** Reads the id from the database, so replicas share it and a restored backup keeps it. */
  static async of(database: Database, name: string): Promise<Deployment> {
    const { id } = await database.one<{ id: string }>({
      name: 'deployment_id',
      text: 'SELECT id::text FROM deployment',
      values: [],
    });
    return new Deployment(`${name.slice(0, LONGEST_NAME)}-${id.slice(0, 8)}`);
  }
}
