import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anInstanceSpec } from '../../../test/support/builders';
import type { InstanceSpec, KernelImage } from '../compute-driver.port';
import { ImageFiles } from './image-files';

const BYTES = 128 * 1024 ** 2;
/** Of so many zeros. */
const SUM = '254bcc3fc4f27172636df4bf32de9f107f620d559b20d760197e452b97453917';
const never = new AbortController().signal;

describe('ImageFiles', () => {
  let directory: string;
  let images: ImageFiles;
  let kernel: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'uim-images-'));
    images = new ImageFiles({ imgBinary: 'qemu-img', searchPath: '/usr/bin:/bin' });
    kernel = join(directory, 'a \\ kernel');
    writeFileSync(kernel, '');
    truncateSync(kernel, BYTES);
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  function instance(sum: string): InstanceSpec {
    const image: KernelImage = {
      ...{ kind: 'kernel', kernel, initrd: null, commandLine: '', disk: null },
      ...{ sha256: { kernel: sum }, defaultUser: null },
    };
    return anInstanceSpec({ image });
  }

  it('reads a file once for all who want it at once, and not in this process', async () => {
    const begun = performance.eventLoopUtilization();
    const impatient = new AbortController();
    const gone = images.ready(instance(SUM), impatient.signal);
    const ready = Array.from({ length: 15 }, () => images.ready(instance(SUM), never));
    setImmediate(() => impatient.abort(new Error('gone')));

    await expect(gone).rejects.toThrow();
    for (const image of await Promise.all(ready)) expect(image.boot).toMatchObject({ kernel });
    // Here it would be some seconds.
    expect(performance.eventLoopUtilization(begun).active).toBeLessThan(500);
  });

  it('refuses one that is not what it should be, until it is', async () => {
    await expect(images.ready(instance('0'.repeat(64)), never)).rejects.toThrow('its checksum differs');
    await images.ready(instance(SUM), never);
    writeFileSync(kernel, 'another');
    await expect(images.ready(instance(SUM), never)).rejects.toThrow('its checksum differs');
  });
});
