import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A catalogue of images in a directory of its own. */
export class CatalogueDirectory {
  readonly path = mkdtempSync(join(tmpdir(), 'images-'));
  readonly file = join(this.path, 'images.json');

  constructor(images: readonly object[] = []) {
    this.write(images);
  }

  /** In place, as an editor may. */
  write(images: readonly object[]): void {
    this.writeText(JSON.stringify({ images }));
  }

  writeText(text: string | Uint8Array): void {
    writeFileSync(this.file, text);
  }

  /** By another file in its place, as tools do it. */
  replace(images: readonly object[]): void {
    const next = `${this.file}.new`;
    writeFileSync(next, JSON.stringify({ images }));
    renameSync(next, this.file);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
