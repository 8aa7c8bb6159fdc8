import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SCRIPT = join(__dirname, '../../../scripts/engines/guest-image.sh');

/** The only image in the catalog that the script writes. */
export const GUEST_IMAGE = 'small-guest';

/** @returns path of a catalog for `IMAGES_FILE` with the test guest as `GUEST_IMAGE`. */
export async function guestImages(): Promise<string> {
  const directory = process.env['ENGINES_GUEST_DIR'] ?? join(tmpdir(), 'uim-engines-guest-image');
  await run(SCRIPT, [directory]);
  return join(directory, 'images.json');
}
