import type { Database } from '../database';

/** With the id, the longest that a label may be at any engine. */
const LONGEST_NAME = 54;

/** Which of all services this is to the engines that it uses. */
export class Deployment {
  /**
   * @param mark what is made at engines bears it: the name that the operator gave and eight digits of the
   *   database's own id, at most 63 of a-z, 0-9 and "-". Services with different databases have different marks.
   */
  constructor(readonly mark: string) {}

  /** The one of this database; replicas share it, and a restored backup has it still. */
  static async of(database: Database, name: string): Promise<Deployment> {
    const { id } = await database.one<{ id: string }>({
      name: 'deployment_id',
      text: 'SELECT id::text FROM deployment',
      values: [],
    });
    return new Deployment(`${name.slice(0, LONGEST_NAME)}-${id.slice(0, 8)}`);
  }
}
