import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guestImage } from './qemu-engine';

export const GUEST_IMAGE = 'small-guest';

/** @returns path of a catalogue that has the guest of the tests under `GUEST_IMAGE`. */
export async function guestImages(): Promise<string> {
  const { kernel, initrd, commandLine, sha256, defaultUser } = await guestImage();
  const qemu = {
    kernel: { file: kernel, ...vouched(sha256.kernel) },
    ...(initrd !== null && { initrd: { file: initrd, ...vouched(sha256.initrd) } }),
    commandLine,
  };
  const file = join(mkdtempSync(join(tmpdir(), 'uim-images-')), 'images.json');
  writeFileSync(file, JSON.stringify({ images: [{ id: GUEST_IMAGE, defaultUser, qemu }] }));
  return file;
}

function vouched(sha256: string | undefined): { readonly sha256?: string } {
  return sha256 === undefined ? {} : { sha256 };
}
