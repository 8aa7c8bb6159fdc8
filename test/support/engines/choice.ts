import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDockerd, startPodman, whyNotDockerd, whyNotPodman, type Engine } from './engine';
import { guestImage, whyNoQemu } from './qemu-engine';

export const GUEST_IMAGE = 'small-guest';

export interface EngineChoice {
  /** With the reason where it is skipped. */
  readonly title: string;
  readonly whyNot: string | undefined;
  readonly start: () => Promise<Engine>;
}

/** The engines for containers that the driver is tried on. */
export const CONTAINER_ENGINES: readonly EngineChoice[] = [
  choice('Docker Engine', whyNotDockerd(), startDockerd),
  choice('Podman', whyNotPodman(), startPodman),
];

/** Why virtual machines cannot be tried on this machine; undefined where they can. */
export const QEMU_MISSING = whyNoQemu();

export function titled(title: string, missing: string | undefined): string {
  return missing === undefined ? title : `${title} (skipped: ${missing})`;
}

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

function choice(name: string, missing: string | undefined, start: () => Promise<Engine>): EngineChoice {
  return { title: titled(name, missing), whyNot: missing, start };
}
